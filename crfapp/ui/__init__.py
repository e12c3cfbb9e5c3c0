"""Qt and nothing else: the shell, one folder a page, one small widget an item type."""
