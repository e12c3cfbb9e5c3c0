"""Going anywhere by typing a few signs."""
