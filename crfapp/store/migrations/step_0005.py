"""Schema 5: copies kept and restored, key shares, versions of the study in force at the site.

Frozen once released.
"""

from __future__ import annotations

TABLES: dict[str, str] = {}
