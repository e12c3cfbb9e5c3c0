"""How the guides become a web site that needs no network: ``make site``, then open ``build/site/index.html``.

Sphinx with MyST and the theme furo: docs/decisions/0030. Nothing is loaded from elsewhere.
"""

from __future__ import annotations

from crfapp import __version__

project = "crfapp"
copyright = "the crfapp project, Apache License 2.0"
release = version = __version__
language = "en"

extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
root_doc = "index"
exclude_patterns = ["README.md"]  # the same for whoever reads the sources
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3
nitpicky = True
suppress_warnings = ["toc.not_included"]

html_theme = "furo"
html_title = f"crfapp {__version__}"
html_static_path: list[str] = []
html_copy_source = False
html_show_sourcelink = False
html_theme_options = {
    "light_css_variables": {"color-brand-primary": "#0B6E8F", "color-brand-content": "#0B6E8F"},
    "dark_css_variables": {"color-brand-primary": "#56B8D6", "color-brand-content": "#56B8D6"},
}
