"""Help beside the page, and what the program says of itself."""
