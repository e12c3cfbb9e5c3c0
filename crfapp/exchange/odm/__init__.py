"""The site as CDISC ODM-XML 1.3.2: the study's metadata and the clinical data with who, when and why."""
