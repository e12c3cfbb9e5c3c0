"""Where it is kept: the encrypted database, the event log, its tables, the vault of keys."""
