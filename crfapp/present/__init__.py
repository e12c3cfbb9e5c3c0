"""What each screen says and wants, without Qt."""
