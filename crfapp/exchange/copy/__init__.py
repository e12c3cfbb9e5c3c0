"""The site's own certified copy: an encrypted container, what is in it, and the page that opens it."""
