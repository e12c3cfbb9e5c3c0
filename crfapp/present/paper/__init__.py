"""What stands on paper, worked out without Qt: the case report form of a study, blank and annotated."""
