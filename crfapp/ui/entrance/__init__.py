"""In front of the locked door: logging in, the locked screen, and noticing that nobody is there."""
