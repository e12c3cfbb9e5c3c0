"""What leaves and what comes back: the tabular view and the encrypted workbook."""
