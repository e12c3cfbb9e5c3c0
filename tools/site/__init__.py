"""The guides as web pages."""
