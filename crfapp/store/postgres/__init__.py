"""A centre's parts in one PostgreSQL database: a schema for each site, and the statements of a site's file.

Only what opens such a database imports this room: the driver takes a third of a second to load, which no
workstation of a site should wait for.
"""
