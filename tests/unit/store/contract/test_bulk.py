"""Many changes at once on PostgreSQL: the test on the encrypted file, word for word."""

from __future__ import annotations

from tests.unit.store.test_bulk import test_at_once_is_one_after_the_other
