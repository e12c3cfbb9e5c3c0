"""Photographs as files: read within limits, judged, shrunk, masked and stripped for copies that leave."""
