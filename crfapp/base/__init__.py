"""Ground floor: coded problems, canonical bytes, dates and moments. Standard library only."""
