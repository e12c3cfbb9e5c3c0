"""Reports of a site: how doses were borne, what became of lesions, enrolment, what is owed."""
