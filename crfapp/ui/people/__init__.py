"""People on the screen: their list and cards, duties, access on a day; Administration shows them too."""

from crfapp.ui.people.page import PeopleWindowPage

__all__ = ["PeopleWindowPage"]
