"""Measuring on a photograph: outlines, calibration, areas and diameters, agreement of readers."""
