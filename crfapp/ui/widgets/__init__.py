"""Small widgets that every page shares: cards, pills, buttons, banners, status marks."""

from __future__ import annotations

from crfapp.ui.widgets.banner import Banner
from crfapp.ui.widgets.button import Button
from crfapp.ui.widgets.card import Card
from crfapp.ui.widgets.elided import ElidedLabel
from crfapp.ui.widgets.empty import EmptyState
from crfapp.ui.widgets.flow import FlowRow
from crfapp.ui.widgets.keyhint import KeyHint
from crfapp.ui.widgets.message import InlineMessage
from crfapp.ui.widgets.pill import Pill
from crfapp.ui.widgets.segmented import SegmentedChoice
from crfapp.ui.widgets.status import StatusMark
from crfapp.ui.widgets.words import Words

__all__ = [
    "Banner",
    "Button",
    "Card",
    "ElidedLabel",
    "EmptyState",
    "FlowRow",
    "InlineMessage",
    "KeyHint",
    "Pill",
    "SegmentedChoice",
    "StatusMark",
    "Words",
]
