"""What the keys do to reach someone: copy an address, open a link or a mail."""

from typing import TYPE_CHECKING

from netcrm.domain.text import plain, shortened
from netcrm.ui.acts.acting import Acting

if TYPE_CHECKING:
    from netcrm.domain.people import ContactPoint

_SAID_MOST = 60
"""Characters of what was copied or opened that are said."""


class ReachActs(Acting):
    """Acts on addresses and links, of the give or entry highlighted, else of the person selected."""

    def action_copy(self) -> None:
        """Copy how to reach the person selected; in Give, the link of the give, or its words."""
        from netcrm.domain.links import best_point

        give = self.gives.give if self._pane() == "give" else None
        if give is not None:
            self._copy(give.link or give.words)
            return
        person = self._store.people.get(self._shown) if self._shown else None
        if person is None:
            self.say("First choose whose address to copy.", good=False)
            return
        point = best_point(person.profile.points, ("email", "phone", "handle", "url", "address"))
        if point is None:
            self.say(f"There is no way yet to reach {person.profile.name}; e adds one.", good=False)
        else:
            self._copy(point.value)

    def action_open_link(self) -> None:
        """Open the link of the give or entry highlighted, else the site of the person, or a mail to them."""
        from netcrm.domain.links import openable, reaching
        from netcrm.ui.opening import open_link

        try:
            said = self._link_here()
            link = openable(said) if said else reaching(self._way())
            open_link(link)
        except ValueError as refusal:
            self.say(str(refusal), good=False)
            return
        self.say(f"Opened {shortened(link, _SAID_MOST)}")

    def _link_here(self) -> str:
        """The link of the give or entry highlighted; empty where there is none."""
        from netcrm.domain.links import first_link

        if self._pane() == "give" and self.gives.give:
            return self.gives.give.link or first_link(self.gives.give.words)
        if self._pane() == "timeline" and self.timeline.entry:
            return first_link(self.timeline.entry.text)
        return ""

    def _way(self) -> "ContactPoint":
        """The site of the person selected, else their mail address.

        Raises:
            ValueError: If they have none, in a sentence.
        """
        from netcrm.domain.links import best_point

        person = self._store.people.get(self._shown) if self._shown else None
        point = best_point(person.profile.points, ("url", "email")) if person else None
        if point is None:
            whom = f" of {person.profile.name}" if person else ""
            raise ValueError(f"There is no link and no mail address{whom} to open.")
        return point

    def _copy(self, text: str) -> None:
        text = plain(text)
        self.app.copy_to_clipboard(text)
        self.say(f"Copied {shortened(text, _SAID_MOST)}")
