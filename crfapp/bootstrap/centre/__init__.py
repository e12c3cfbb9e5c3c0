"""A centre, put together: its home with people and passwords, and a part for each of its sites."""
