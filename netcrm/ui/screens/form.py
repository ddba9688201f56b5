"""The forms: a person, an entry of the timeline, a give."""

from netcrm.ui.screens.entry_form import EntryForm
from netcrm.ui.screens.give_form import GiveForm
from netcrm.ui.screens.person_form import PersonForm

__all__ = ["EntryForm", "GiveForm", "PersonForm"]
