"""Journeys: one subject's way through a study, told as data and played through the bus (acceptance)."""
