"""Schema 5: copies kept and restored, key shares, versions of the study in force at the site.

The indexes find forms, answers and findings of everybody: a rule that asks about the whole site (``@SITE``)
looks at those that hold the same, however many subjects there are.

Frozen once released.
"""

from __future__ import annotations

TABLES: dict[str, str] = {
    "form_of_kind": "CREATE INDEX form_of_kind ON form (form)",
    "item_of_value": "CREATE INDEX item_of_value ON item (form, item, substr(value, 1, 64))",
    "finding_of_check": """CREATE INDEX finding_of_check ON finding (form, "check")""",
}
