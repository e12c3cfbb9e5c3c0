"""The assistant that founds a site on this workstation."""
