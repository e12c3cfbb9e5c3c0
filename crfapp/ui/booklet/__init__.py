"""Booklets on A4: laid out line by line, so that a page breaks between lines and nothing is cut."""
