"""The frame around the pages: rail, bars, notices, overlays, and who is let in."""
