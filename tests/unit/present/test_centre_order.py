"""Which sites of a centre are listed, and what is said first of each."""

from __future__ import annotations

from crfapp.exchange.centre_views import QUIET_DAYS, CentreSite, Standing
from crfapp.present.centre_order import SiteOrder


def site(code: str, name: str = "Clinic") -> CentreSite:
    return CentreSite(code.lower(), code, name, "TINY", ("ws-1",))


SILENT = Standing(site("JO01"), quiet=QUIET_DAYS, forms=9, complete=9)
ASKED = Standing(site("JO02", "Amman"), quiet=1, open_queries=4, forms=9, complete=2)
TORN = Standing(site("JO03"), quiet=2, open_queries=7, wrong="event 4")
EVERY = [SILENT, ASKED, TORN]


def listed(**how: str) -> list[str]:
    return [one.site.code for one in SiteOrder(**how).listed(EVERY)]


def test_sites_that_need_a_call_are_those_that_are_silent_or_not_sound() -> None:
    assert listed(only="call") == ["JO01", "JO03"]


def test_typing_finds_by_code_or_name_whatever_the_capitals() -> None:
    assert listed(typed=" jo02 ") == listed(typed="AMM") == ["JO02"]
    assert listed(typed="amm", only="call") == []


def test_the_order_begins_with_what_waits_most_and_keeps_the_codes_otherwise() -> None:
    assert listed(order="queries") == ["JO03", "JO02", "JO01"]
    assert listed(order="open") == ["JO02", "JO01", "JO03"]
    assert listed(order="last") == ["JO01", "JO03", "JO02"]
