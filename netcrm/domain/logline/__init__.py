"""The log line: what one would say, understood before it is saved.

    yesterday: coffee with Christina and Hank at _Café Lisboa_ #design **
    I'll send Amara the paper by Friday
    Christina: daughter Ana graduates 12 Jun
    Hank is looking for a Rust job
    Lisbon Designers: talked about posters
    journal: long walk by the river; thought of @Hank and his kites

`understand` reads a line in small passes, each of which blanks what it has taken, so that every place
found is a place in the line as it was typed: the marks, the prefix, the names, the clauses (each a promise,
an occasion, a want or offer, or part of the story), and then the story's day, kind and place. Nothing is
guessed in silence: what it can't tell stands in `Understood.problems`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from netcrm.domain.dates import WRITTEN_DATE, read_moment
from netcrm.domain.gives import say_day
from netcrm.domain.logline.clauses import Clauses, read_clauses
from netcrm.domain.logline.groups import GroupNames
from netcrm.domain.logline.marks import Marks, blank, fill, read_marks
from netcrm.domain.logline.meaning import Book, Happening, Mention, Promise, Role, Span, Understood, Wish
from netcrm.domain.logline.names import Names, find_marked, find_mentions, settle
from netcrm.domain.logline.people import Cast, Group, once, problems_of_names, without_relatives
from netcrm.domain.logline.prefix import Known, Prefix, read_prefix, unread_day
from netcrm.domain.logline.promises import Draft as PromiseDraft
from netcrm.domain.logline.story import read_kind, read_place
from netcrm.domain.logline.text import Sheet, tidy, without
from netcrm.domain.logline.when import When, read_when
from netcrm.domain.logline.wishes import Draft as WishDraft
from netcrm.domain.logline.words import BARE_DRINK, LINK, NO_EVENT, OTHER, PERSON
from netcrm.domain.patterns import pattern
from netcrm.domain.people import Named
from netcrm.domain.values import dataclass

__all__ = ["Book", "Happening", "Mention", "Promise", "Role", "Span", "Understood", "Wish", "understand"]

_MOST_READ = 2000
"""Characters of a line that are read for meaning; what comes after is kept as text.

Reading is done on each key, and a sentence of that length takes a few milliseconds.
"""

_JOURNAL = pattern(r"\s*@(?=\s)")
"""An ``@`` that a line begins with and that names nobody: a note of one's own."""

_NOBODY_CHOSEN: Mapping[str, Named | None] = MappingProxyType({})


def understand(
    line: str,
    *,
    today: date,
    book: Book,
    selected: Named | None = None,
    chosen: Mapping[str, Named | None] = _NOBODY_CHOSEN,
    groups: Sequence[Named] = (),
    journal: bool = False,
) -> Understood:
    """Understand a line.

    Any text is fine; nothing is raised.

    Args:
        line: What was typed.
        today: The day it was typed on.
        book: Where names are looked up.
        selected: The person highlighted on the screen, whom a line is about that names nobody.
        chosen: Whom the user picked, by `Mention.key`; None to leave the name out.
        groups: The groups that it may name.
        journal: Whether it is a note of one's own, without saying so.
    """
    read, rest = _bounded(line)
    marks = read_marks(read)
    names = Names(book)
    known = GroupNames(groups, names)
    begin = 0
    if sign := _JOURNAL.match(marks.bare):
        begin, journal = sign.end(), True
        marks = replace(marks, bare=fill(marks.bare, 0, begin))
    prefix = read_prefix(marks.bare, Known(names, known), today, journal=journal)
    if prefix.journal:
        return _journal(
            _Reading(line, read, rest, today, marks, prefix, [], "", Clauses(), None), begin, names, chosen
        )
    named = None if prefix.group else known.find(fill(marks.bare, 0, prefix.end))
    mentions = _mentions(marks.bare, prefix, names, chosen, named)
    shape = _shape(marks.bare, prefix, mentions, named)
    clauses = read_clauses(
        read,
        shape,
        prefix.end,
        today,
        given=prefix.given,
        kind=prefix.kind,
        happened=bool(prefix.clock or marks.place or marks.enjoyment or prefix.group or named),
        alone=len({mention.key for mention in mentions if not mention.left_out}) <= 1,
    )
    return _Reading(
        line, read, rest, today, marks, prefix, mentions, shape, clauses, selected, named
    ).meaning()


def _journal(reading: "_Reading", begin: int, names: Names, chosen: Mapping[str, Named | None]) -> Understood:
    """A note of one's own: all of it is its story, and only those are in it whom an ``@`` names.

    Args:
        reading: The passes so far.
        begin: Where the line begins behind an ``@`` that says so.
        names: Where names are looked up.
        chosen: As for `understand`.
    """
    start = max(begin, reading.prefix.end)
    bare = fill(reading.marks.bare, 0, start)
    mentions = settle(bare, find_marked(bare, names), chosen)
    text = reading.read[start:]
    told = (start + len(text) - len(text.lstrip()), start + len(text.rstrip()))
    clauses = Clauses(story=[told] if text.strip() else [])
    return replace(reading, found=mentions, shape=bare, clauses=clauses).meaning()


def _bounded(line: str) -> tuple[str, str]:
    """The part that is read, and the rest; cut at a space where there is one near."""
    if len(line) <= _MOST_READ:
        return line, ""
    cut = line.rfind(" ", _MOST_READ - 100, _MOST_READ)
    cut = _MOST_READ if cut < 0 else cut
    return line[:cut], line[cut:]


def _mentions(
    bare: str, prefix: Prefix, names: Names, chosen: Mapping[str, Named | None], group: Mention | None
) -> list[Mention]:
    """Everyone named in the prefix or the sentence, as far as that can be settled, but for a group's name."""
    sentence = fill(bare, 0, prefix.end)
    if group is not None:
        sentence = fill(sentence, group.start, group.end, OTHER)
    for written in WRITTEN_DATE.finditer(sentence):
        sentence = fill(sentence, *written.span(), OTHER)
    return settle(bare, [*prefix.mentions, *find_mentions(sentence, names)], chosen)


def _shape(bare: str, prefix: Prefix, mentions: Iterable[Mention], group: Mention | None) -> str:
    """The sentence with each name filled by `PERSON`, a group's and an ``@`` before it too."""
    shape = fill(bare, 0, prefix.end)
    for mention in (*mentions, *([group] if group else [])):
        if mention.start >= prefix.end:
            start = mention.start - (shape[mention.start - 1 : mention.start] == "@")
            shape = fill(shape, start, mention.end, PERSON)
    return shape


@dataclass(frozen=True, slots=True)
class _Reading:
    """All passes over one line, put together."""

    line: str
    read: str
    rest: str
    today: date
    marks: Marks
    prefix: Prefix
    found: list[Mention]
    shape: str
    clauses: Clauses
    selected: Named | None
    named: Mention | None = None
    """The group that the sentence names."""

    @property
    def group(self) -> Named | None:
        """The group whose the story is."""
        told = self.named is not None and any(a <= self.named.start < b for a, b in self.clauses.story)
        return self.prefix.group or (self.named.person if self.named and told else None)

    def meaning(self) -> Understood:
        """What the passes found, with what is still missing."""
        clauses = self.clauses
        story = self._story()
        when = read_when(story, self.today)
        said_kind, kind_at = ("note", None) if self._names_a_drink(story) else read_kind(story)
        if said_kind == "note" and self.prefix.group and not NO_EVENT.search(story):
            said_kind = "event"
        kind = self.prefix.kind or said_kind
        place = None if self.marks.place else read_place(blank(story, when.at), kind)
        adds = clauses.promises or clauses.occasions or clauses.wishes or self.prefix.gives
        logs = bool(clauses.story) or not adds

        mentions = without_relatives(self.found, clauses.occasions)
        selected = None if self.group or self.named or self.prefix.journal else self.selected
        wishing = [draft.whose_at for draft in clauses.wishes if draft.whose_at is not None]
        cast = Cast(mentions, [(0, self.prefix.end), *clauses.story], selected, wishing)
        company = cast.company()
        gives = [(draft, cast.recipients(draft)) for draft in clauses.promises]
        dates = [(draft, cast.owner(draft)) for draft in clauses.occasions]
        wishes = [(draft, cast.owner(draft)) for draft in clauses.wishes]
        others = [group for _, group in (*gives, *dates, *wishes)]
        alone = (self.group is not None or self.prefix.journal) and not company.mentions
        groups = [company, *others] if logs and not alone else others
        to_groups = [self._group_of(draft, to) for draft, to in gives]
        spared = [to for (_, to), group in zip(gives, to_groups, strict=True) if group]
        groups = [group for group in groups if group is company or group not in spared]

        text = self._text(when)
        promises = tuple(
            self._promise(draft, () if group else to.people, logs, group)
            for (draft, to), group in zip(gives, to_groups, strict=True)
        )
        return Understood(
            line=self.line,
            day=self.prefix.day or when.day or self.today,
            day_said=bool(self.prefix.day or when.day),
            time=self.prefix.clock or when.clock,
            kind=kind,
            mentions=tuple(mentions),
            people=company.people if logs else once(person for group in groups for person in group.people),
            from_selection=any(group.selected is not None for group in groups),
            group=self.group,
            journal=self.prefix.journal,
            place=self.marks.place or (place[0] if place else ""),
            tags=self.marks.tags if logs else (),
            enjoyment=self.marks.enjoyment if logs else 0,
            text=text,
            logs=logs,
            gives=promises,
            occasions=tuple(Happening(group.people, draft.occasion) for draft, group in dates),
            wishes=tuple(self._wish(draft, group.people, logs) for draft, group in wishes),
            spans=self._spans(mentions, when, kind, kind_at, place[1] if place else None, logs),
            problems=tuple(self._problems(groups, text, promises, when, kind, logs)),
        )

    def _names_a_drink(self, story: str) -> bool:
        """Whether nothing but a drink stands behind a name, with no day, place or stars: ``Hank: tea``."""
        prefix, marks = self.prefix, self.marks
        happened = prefix.day or prefix.clock or marks.place or marks.enjoyment
        return bool(prefix.mentions) and not happened and BARE_DRINK.fullmatch(story, prefix.end) is not None

    def _story(self) -> str:
        """The sentence with its promises, occasions and wishes blanked."""
        clauses = self.clauses
        taken = [(draft.start, draft.end) for draft in clauses.promises]
        taken += [(draft.start, draft.end) for draft in clauses.occasions]
        taken += [(draft.start, draft.end) for draft in clauses.wishes]
        return blank(self.shape, taken)

    def _text(self, when: When) -> str:
        """The sentence as it will stand in the timeline; in a note of one's own the ``@`` of names stay."""
        signs = [(m.start - 1, m.start) for m in self.found if self.read[m.start - 1 : m.start] == "@"]
        signs = [] if self.prefix.journal else signs
        holes = [*self.marks.gone, *when.gone, *signs]
        stretches = [tidy(without(self.read, start, end, holes)) for start, end in self.clauses.story]
        text = "; ".join(stretch for stretch in stretches if stretch)
        return f"{text} {' '.join(self.rest.split())}".strip() if self.rest else text

    def _group_of(self, draft: PromiseDraft, to: Group) -> Named | None:
        """For which group a promise is: the one that it names, else the story's, where nobody is named."""
        inside = [mention for mention in self.found if draft.start <= mention.start < draft.end]
        if self.named is not None and draft.start <= self.named.start < draft.end and not inside:
            return self.named.person
        return None if to.mentions else self.group

    def _promise(
        self, draft: PromiseDraft, people: tuple[Named, ...], logs: bool, group: Named | None
    ) -> Promise:
        """A promise with its people. Beside a story the marks of the line are the story's."""
        links = list(LINK.finditer(self.read, draft.start, draft.end))
        holes = [*(self.marks.gone if logs else ()), *(link.span() for link in links)]
        words = tidy(" ".join(without(self.read, start, end, holes) for start, end in draft.words))
        due = draft.due
        if due is None and not logs and self.prefix.day_words:
            ahead = read_moment(self.prefix.day_words, self.today, prefer="future")
            due = ahead.day if ahead and ahead.day and ahead.day >= self.today else None
        link = links[0][0] if links else ""
        return Promise(
            people=people,
            words=_with_link(words.rstrip(" .!"), link),
            kind=draft.kind,
            due=due,
            promised=draft.promised,
            link=link,
            group=group,
        )

    def _wish(self, draft: WishDraft, people: tuple[Named, ...], logs: bool) -> Wish:
        """A want or an offer with its people. Beside a story the marks of the line are the story's."""
        words = without(self.read, *draft.text, self.marks.gone if logs else ())
        return Wish(people, draft.side, " ".join(words.split()).rstrip(" .!;,"))

    def _problems(
        self, groups: list[Group], text: str, promises: tuple[Promise, ...], when: When, kind: str, logs: bool
    ) -> Iterator[str]:
        """What is missing before it can be saved."""
        if not self.line.strip():
            yield "Say what happened, and with whom."
            return
        yield from dict.fromkeys(problems_of_names(groups))
        if why := unread_day(self.marks.bare, self.prefix, self.today):
            yield why
        yield from dict.fromkeys(self.clauses.problems)
        if logs and not text:
            yield "Say what happened."
        if any(not promise.words for promise in promises) or (self.prefix.gives and not promises):
            yield "Say what you will do."
        ahead = self.prefix.day or when.ahead_of(kind)
        if logs and ahead is not None and ahead > self.today:
            said = say_day(ahead, self.today)
            yield f"{said[0].upper()}{said[1:]} is still to come: say when it was, or what you will do."

    def _spans(
        self,
        mentions: Iterable[Mention],
        when: When,
        kind: str,
        kind_at: tuple[int, int] | None,
        place_at: tuple[int, int] | None,
        logs: bool,
    ) -> tuple[Span, ...]:
        """What each part of the line was taken for; where two claim a place, the earlier of these has it."""
        sheet = Sheet(self.read)
        for span in self.marks.spans:
            if logs or span.role == "place":
                sheet.claim(span.start, span.end, span.role)
        for span in self.prefix.spans:
            sheet.claim(span.start, span.end, span.role)
        for mention in mentions:
            if not mention.left_out:
                sheet.claim(mention.start - self.prefix.journal, mention.end, _role(mention))
        if self.named is not None:
            sheet.claim(self.named.start, self.named.end, "group")
        for give in self.clauses.promises:
            sheet.claim(give.start, give.opener_end, "give")
            if give.due_at is not None:
                sheet.claim(*give.due_at, "day")
        for wish in self.clauses.wishes:
            sheet.claim(*wish.at, "want")
        for occasion in self.clauses.occasions:
            sheet.claim(*occasion.at, "occasion")
        counts = when.ahead is None or when.ahead_of(kind)
        for stretch in when.at if counts else ():
            sheet.claim(*stretch, "day")
        if place_at is not None:
            sheet.claim(*place_at, "place")
        if kind_at is not None and not self.prefix.kind and logs:
            sheet.claim(*kind_at, "kind")
        return sheet.spans()


def _with_link(words: str, link: str) -> str:
    """Name the link where its verb would stand alone: ``Send the link``."""
    return f"{words} the link" if link and words.isalpha() else words


def _role(mention: Mention) -> Role:
    if mention.ambiguous:
        return "ambiguous"
    return "unknown" if mention.unknown else "person"
