"""Organisations: who works or worked where, from how people wrote it, and from what life events tell.

``Acme``, ``ACME Inc.`` and ``Acme GmbH`` are one: how an organisation is written is its folded words, without
its legal form. Of life events only what is clear counts: that begins with who came or went, and that names,
up to a comma or a little word, an organisation which stands in the book.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from netcrm.domain.patterns import pattern
from netcrm.domain.people import Profile
from netcrm.domain.text import fold, words
from netcrm.domain.values import dataclass

NOT_FIRMS = frozenset(
    {
        *("self employed", "freelance", "freelancer", "retired", "independent", "student", "none", "n a"),
        *("various", "unemployed", "private", "home"),
    }
)
"""What people write where they work at no organisation: two of them are not colleagues."""

_FORMS = frozenset(
    "inc ltd llc gmbh ag sa sarl plc co corp limited bv ab oy as aps kg ug srl spa lda and".split()
)
"""Legal forms, folded, as they end a name; ``and`` is left of ``GmbH and Co. KG``."""

_LETTERS_MOST = 4
"""Letters of a legal form that is written with dots: ``S.A.R.L.``."""


@lru_cache(maxsize=65536)
def firm(name: str) -> str:
    """What an organisation is known by, however it is written: its folded words without ``The`` and ``Ltd``.

    Where nothing else is left, as of a firm that is called ``Co``, the legal form is its name; of a name
    without any letters, as of an emoji, its signs are.
    """
    all_words = words(name)
    kept = list(all_words)
    while kept:
        ending = _ending(kept)
        if not ending:
            break
        del kept[-ending:]
    if kept[:1] == ["the"]:
        del kept[0]
    return " ".join(kept or all_words) or fold(name)


def is_firm(key: str) -> bool:
    """Whether what is written is an organisation at all, and not that somebody works for themselves."""
    return bool(key) and key not in NOT_FIRMS


def names_firm(text: str, organisation: str) -> bool:
    """Whether a text names an organisation.

    Args:
        text: Folded words, with a space before the first and after the last.
        organisation: As it is written.
    """
    key = firm(organisation)
    return is_firm(key) and key not in _FORMS and f" {key} " in text


def _ending(kept: Sequence[str]) -> int:
    """How many words at the end are a legal form: one, or the letters of ``S.A.``."""
    if kept[-1] in _FORMS:
        return 1
    for count in range(min(_LETTERS_MOST, len(kept)), 1, -1):
        letters = kept[-count:]
        if all(len(letter) == 1 for letter in letters) and "".join(letters) in _FORMS:
            return count
    return 0


@dataclass(frozen=True, slots=True)
class Position:
    """Where somebody worked before.

    Attributes:
        organisation: As it was written.
        title: What they did there, or empty.
        from_on: Since when, if that is known.
        until_on: Until when, if that is known.
    """

    organisation: str
    title: str = ""
    from_on: date | None = None
    until_on: date | None = None

    @property
    def words(self) -> str:
        """What they did, and until when: ``Designer, Mar 2016 to May 2021``."""
        until, since = self.until_on, self.from_on
        if until and since:
            return ", ".join(filter(None, (self.title, f"{since:%b %Y} to {until:%b %Y}")))
        return " ".join(filter(None, (self.title, f"until {until:%b %Y}" if until else "")))


def left_behind(before: Profile, after: Profile) -> Position | None:
    """What somebody did until now, once they do something else; None where nothing but the spelling changed.

    Nor is it another position where what they do was noted only now, or is no longer known.

    Args:
        before: What was known of them.
        after: What is known now.
    """
    old, new = firm(before.organisation), firm(after.organisation)
    if not before.organisation or not is_firm(old):
        return None
    titles = fold(before.title), fold(after.title)
    if old == new and (not all(titles) or titles[0] == titles[1]):
        return None
    return Position(before.organisation, before.title)


@dataclass(frozen=True, slots=True)
class Held:
    """A position that somebody held.

    Attributes:
        person_id: Who.
        id: The id of its record; 0 where a life event tells of it.
    """

    person_id: int
    position: Position
    id: int = 0


@dataclass(frozen=True, slots=True)
class Organisation:
    """Where people work, as they wrote it.

    Attributes:
        key: What it is known by (`firm`).
        name: How most people write it.
        written: Every way in which it is written.
        now: The ids of those who work there, by name.
        before: Those who worked there and no longer do, the last to leave first; each once.
    """

    key: str
    name: str
    written: frozenset[str]
    now: tuple[int, ...] = ()
    before: tuple[Held, ...] = ()

    @property
    def size(self) -> int:
        """How many people it is about."""
        return len(self.now) + len(self.before)

    @property
    def counts(self) -> str:
        """How many people work and worked there, in words: ``3 now · 2 before``."""
        said = [f"{len(self.now)} now"] if self.now else []
        return " · ".join([*said, f"{len(self.before)} before"] if self.before else said)

    @property
    def reasons(self) -> Mapping[int, str]:
        """Why each of them has to do with it, by id: ``works at Acme``; those there now first."""
        return {
            **dict.fromkeys(self.now, f"works at {self.name}"),
            **{held.person_id: f"worked at {self.name}" for held in self.before},
        }


ORDERS = ("size", "name")
"""How organisations can be ordered: the most people first, or by name."""


def ordered(organisations: Iterable[Organisation], order: str) -> Sequence[Organisation]:
    """Organisations in one of `ORDERS`; of those of one size first where more work now, then by name."""
    if order == "name":
        return sorted(organisations, key=lambda one: (fold(one.name), one.key))
    return sorted(organisations, key=lambda one: (-one.size, -len(one.now), fold(one.name)))


def called(organisations: Iterable[Organisation], typed: str) -> Sequence[Organisation]:
    """Those of which every word that was typed begins a word, in their order; all of them for no word.

    The first has to begin a word of the name itself: every other firm has a Ltd or a GmbH somewhere.
    """
    wanted = words(typed)
    if wanted[:1] == ["the"] and len(wanted) > 1:
        del wanted[0]
    if not wanted:
        return list(organisations)
    first, *others = (f" {word}" for word in wanted)
    return [
        one
        for one in organisations
        if first in f" {one.key}" and (not others or any(_holds(name, others) for name in one.written))
    ]


def _holds(name: str, beginnings: Iterable[str]) -> bool:
    """Whether each of the beginnings, with a space before it, begins a word of a name."""
    spaced = f" {' '.join(words(name))}"
    return all(beginning in spaced for beginning in beginnings)


def gathered(
    people: Iterable[int],
    work: Mapping[int, str],
    held: Sequence[Held],
    told: Mapping[int, Sequence["News"]],
) -> Sequence[Organisation]:
    """Every organisation in the book, with who works there and who did.

    Args:
        people: The ids of everybody, by name.
        work: Where people work as they wrote it, by their id; who writes nothing is left out.
        held: The positions that are on record.
        told: What life events tell of people, oldest first, by their id.
    """
    heard = {key: said for key, news in told.items() if not work.get(key) and (said := joined_last(news))}
    written = Counter(work.values())
    written.update(heard.values())
    known_by = {name: firm(name) for name in written}
    now: dict[str, list[int]] = {}
    everybody: set[int] = set()
    for person_id in people:
        everybody.add(person_id)
        organisation = work.get(person_id) or heard.get(person_id)
        if organisation:
            now.setdefault(known_by[organisation], []).append(person_id)

    def present(person_id: int) -> str:
        return known_by.get(work.get(person_id) or heard.get(person_id, ""), "")

    before: dict[str, dict[int, Held]] = {}
    for one in _all_held(held, told, present):
        name, person_id = one.position.organisation, one.person_id
        key = firm(name)
        if person_id not in everybody or key == present(person_id):
            continue
        written[name] += 1
        there = before.setdefault(key, {}).get(person_id)
        if there is None or _tells_more(one, there):
            before[key][person_id] = one
    spellings: dict[str, list[str]] = {}
    for name in written:
        spellings.setdefault(firm(name), []).append(name)
    return [
        Organisation(
            key=key,
            name=names[0] if len(names) == 1 else min(names, key=lambda one: (-written[one], len(one), one)),
            written=frozenset(names),
            now=tuple(now.get(key, ())),
            before=tuple(sorted(before.get(key, {}).values(), key=_until, reverse=True)),
        )
        for key, names in spellings.items()
        if is_firm(key) and (key in now or key in before)
    ]


def _all_held(
    held: Iterable[Held], told: Mapping[int, Sequence["News"]], present: Callable[[int], str]
) -> Iterator[Held]:
    yield from held
    for person_id, news in told.items():
        for position in former(news, present(person_id)):
            yield Held(person_id, position)


def _tells_more(one: Held, than: Held) -> bool:
    """Whether one position of somebody at a place tells more than another there: what is on record does."""
    if bool(one.id) != bool(than.id):
        return bool(one.id)
    return _until(one) > _until(than)


def _until(held: Held) -> date:
    return held.position.until_on or date.min


# What life events tell


@dataclass(frozen=True, slots=True)
class News:
    """That somebody came to an organisation, or left one, or both.

    Attributes:
        day: When.
        joined: Where to, with what they do there; None where it is not told.
        left: Where from, with what they did there; None where it is not told.
    """

    day: date
    joined: Position | None = None
    left: Position | None = None

    def leaves(self, key: str) -> bool:
        """Whether it tells that somebody is no longer where they were, by what that is known by."""
        return any(
            (firm(position.organisation) == key) is same
            for position, same in ((self.joined, False), (self.left, True))
            if position is not None
        )


Known = Callable[[str], bool]
"""Whether an organisation that is known by something (`firm`) stands in the book."""


def read_news(text: str, name: str, day: date, known: Known) -> News | None:
    """What a life event tells of where somebody works; None where it is not clear, or something else.

    Args:
        text: What it says: ``New job: Head of Talent at Acme (before: Recruiter at Fjord)``, ``left Acme``,
            ``Ibrahim has joined Kestrel as an engineer``.
        name: Whose life event it is: it may begin with the name.
        day: When.
        known: Tells which organisations there are.
    """
    begun = _BEGIN.search(text)
    if begun is None or not set(words(text[: begun.start()])) <= {*words(name), *_FILLERS}:
        return None
    rest = text[begun.end() :]
    if begun["left"]:
        left = _named(rest, known)
        if left is None:
            return None
        onward = _ONWARD.search(rest)
        joined = _named(rest[onward.end() :], known) if onward else None
        to = Position(joined, from_on=day) if joined else None
        return News(day, to, Position(left, until_on=day))
    joined, before = rest, ""
    if told := _BEFORE.search(rest):
        joined, before = rest[: told.start()], told[1]
    came = _job(joined, known, titled=bool(begun["job"]))
    gone = _job(before, known, titled=True)
    if came is None and gone is None:
        return None
    return News(
        day,
        replace(came, from_on=day) if came else None,
        replace(gone, until_on=day) if gone else None,
    )


def former(news: Sequence[News], present: str) -> Iterator[Position]:
    """The positions that somebody no longer holds, as their life events tell it.

    That they once came somewhere else than where they work tells nothing by itself: only what came after it
    does, since who works where may have been noted before or after.

    Args:
        news: What is told, oldest first.
        present: What the organisation where they work is known by, or empty.
    """
    for place, one in enumerate(news):
        if one.joined is not None and (key := firm(one.joined.organisation)) != present:
            onward = next((later for later in news[place + 1 :] if later.leaves(key)), None)
            if onward is not None:
                yield replace(one.joined, until_on=onward.day)
        if one.left is not None and firm(one.left.organisation) != present:
            yield one.left


def joined_last(news: Sequence[News]) -> str:
    """Where the newest of what is told says that somebody works; empty where it does not."""
    return news[-1].joined.organisation if news and news[-1].joined else ""


_BEGIN = pattern(
    r"\b(?:(?P<job>new\s+(?:job|role|post|position)\b\s*:?)|(?P<left>(?:has\s+)?left\b)"
    r"|(?:joined|joins|started\s+at|starts\s+at|began\s+at|moved\s+to|now\s+at)\b)\s*",
    re.IGNORECASE,
)

_BEFORE = pattern(r"\(before:\s*(.*)\)\s*$", re.DOTALL)
"""As `netcrm.domain.merging.JobChange` says it."""

_ONWARD = pattern(r"\s(?:for|to\s+join|and\s+joined|to\s+go\s+to)\s+", re.IGNORECASE)

_FILLERS = frozenset("he she they has have had just is finally".split())
"""Words that may stand before who came or went."""

_END = pattern(
    r"[,.;:()!?–—]|\s(?:after|as|for|to|in|on|and|since|because|where|with|but|from|today|yesterday|last)\b",
    re.IGNORECASE,
)
"""Where the name of an organisation may end."""

_READ_MOST = 200
"""Characters that are read of a life event: a job is told at its beginning."""


def _named(text: str, known: Known) -> str | None:
    """The organisation that a text begins with, up to where a name may end; the longest that is known."""
    text = text[:_READ_MOST].strip()
    ends = [len(text), *(found.start() for found in reversed(list(_END.finditer(text))))]
    for end in ends:
        name = text[:end].strip(" ,.;:!?–—")
        if name and known(firm(name)):
            return name
    return None


def _job(text: str, known: Known, *, titled: bool) -> Position | None:
    """``Head of Talent at Acme``, or just the organisation."""
    if not text.strip():
        return None
    if (whole := _named(text, known)) is not None:
        return Position(whole)
    for at in reversed(list(_AT.finditer(text))) if titled else ():
        if (name := _named(text[at.end() :], known)) is not None:
            return Position(name, text[: at.start()].strip())
    return None


_AT = pattern(r"(?:^|\s+)at\s+|\s*,\s*", re.IGNORECASE)
"""What parts a title from the organisation."""
