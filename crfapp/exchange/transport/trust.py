"""Whose certificates count: those that this computer trusts, and the public authorities in any case."""

from __future__ import annotations

import ssl

import certifi


def trusted() -> ssl.SSLContext:
    """A server that cannot prove its name gets nothing; a hospital's own authority counts too."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def trusted_file() -> str:
    """The same for a library that takes one file: the computer's, where it has its authorities in one."""
    return ssl.get_default_verify_paths().cafile or certifi.where()
