"""One subject's casebook on paper: answers, what was said of them, signatures, the audit trail."""
