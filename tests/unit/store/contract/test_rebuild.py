"""The tests of folding again on the encrypted file, word for word, on PostgreSQL.

What is folded again beside it lies in an encrypted file: that both agree in every row and in the order of
the rows shows in each comparison.
"""

from __future__ import annotations

from tests.unit.store.test_rebuild import (
    clinic,
    test_a_table_that_was_dropped_comes_back,
    test_nothing_is_folded_out_of_a_forged_log,
    test_rows_taken_away_or_made_up_are_named_and_made_good,
)
