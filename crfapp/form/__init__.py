"""One form as it is being filled: reading what was typed, visibility, calculations, findings. Pure."""
