"""What people do: commands with their rules, and the bus that is their only door. Pure."""
