"""The command line as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from crfapp import __version__
from crfapp.cli import open_window
from crfapp.cli.centre_commands import add_centre_commands
from crfapp.cli.demo_commands import add_demo_commands
from crfapp.cli.package_commands import add_package_commands
from crfapp.cli.play_commands import add_play_command
from crfapp.cli.qualify_commands import add_qualify_command
from crfapp.cli.route_commands import add_route_commands
from crfapp.cli.site_commands import add_site_commands
from crfapp.cli.study_commands import add_study_commands

if TYPE_CHECKING:
    from crfapp.cli.parts import Parts


def build(parts: Parts) -> typer.Typer:
    """The command line, on the concrete parts that ``bootstrap`` gives."""
    app = typer.Typer(
        name="crfapp",
        help="Trial records at clinics without a network.",
        no_args_is_help=False,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )

    @app.callback(invoke_without_command=True)
    def start(
        context: typer.Context,
        version: bool = typer.Option(False, "--version", help="Say the version and stop."),
    ) -> None:
        """Open the window where no command is given."""
        if version:
            typer.echo(f"crfapp {__version__}")
        elif context.invoked_subcommand is None:
            open_window(parts, None)

    add_study_commands(app, parts)
    add_site_commands(app, parts)
    add_centre_commands(app, parts)
    add_package_commands(app, parts)
    add_route_commands(app, parts)
    add_play_command(app, parts)
    add_demo_commands(app, parts)
    add_qualify_command(app, parts)
    return app
