"""What is to be recorded: the study pack, its model, its loader and its expression language. Pure."""
