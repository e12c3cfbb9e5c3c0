"""crfapp: trial records at clinics without a network."""

__version__ = "0.1.0"
