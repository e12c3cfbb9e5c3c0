"""What travels between a site and whoever may know of it: one signed and encrypted file.

How it is built is written down in ``docs/formats/package.md``.
"""
