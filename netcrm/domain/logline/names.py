"""Who is named in a log line."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from enum import Enum

from netcrm.domain.logline.meaning import Book, Mention
from netcrm.domain.logline.words import (
    ACTS,
    AFTER_FIRST_NAME,
    ASIDE_WORDS,
    FAMILY,
    LIKELY_BEFORE_NAME,
    PARTICLES,
    STOP_WORDS,
    SURELY_BEFORE_NAME,
    TITLES,
    WEEKDAYS,
)
from netcrm.domain.patterns import pattern
from netcrm.domain.people import Named
from netcrm.domain.text import fold
from netcrm.domain.values import dataclass

_TOKEN = pattern(r"[^\W\d_](?:[^\W_]|\d)*(?:['’\-][^\W\d_][^\W_]*)*")
_POSSESSIVE = pattern(r"['’]s$", re.IGNORECASE)
_JOINER = pattern(r"(?:['’]s?)?\s*(?:,\s*(?:and\s+)?|\s(?:and|or)\s+|[&+/]\s*)", re.IGNORECASE)
_LIST_ITEM = pattern(r"(?:(?!\s+(?:and|or)\s|[,&+/]).)+", re.IGNORECASE)
_ITEM_LEAD = pattern(r"\s*(?:(?:and|or)\s+|@)*\s*", re.IGNORECASE)
_GAP = pattern(r"\s+")
_GAP_AFTER_INITIAL = pattern(r"\.?\s+")
_BEFORE_NAME = pattern(
    rf"(?:\s+(?:my|our|old|dear|good|friend|colleague|neighbour|boss|both|(?:{'|'.join(TITLES)})\b\.?))*\s+",
    re.IGNORECASE,
)
"""What may stand between ``with`` and the name."""

_HIS_RELATIVE = pattern(rf"(?:['’]s?|\b(?:his|her|their))\s+(?:{FAMILY})\s+$", re.IGNORECASE)
_I = pattern(r"i(?:['’]\w+)?", re.IGNORECASE)
_HAN = pattern(r"[\u3400-\u9fff\U00020000-\U0003ffff]+")

_LONGEST_HAN_NAME = 4
"""Characters: two of a family name and two of a given name."""

_LONGEST_NAME = 5
"""The most words of a name that are looked up at once."""

_MOST_LOOKUPS = 60
"""Names asked for in one line; a pasted page must not become a thousand questions to the index."""

_FAR_BEFORE = 20
"""Characters before a name in which the words that lead to it are looked for."""


class Names:
    """The names of one line, each looked up once."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._known: dict[str, tuple[Named, ...]] = {}

    def called(self, text: str) -> tuple[Named, ...]:
        """Everyone called so; one whose whole name of several words it is goes before all others."""
        key = fold(text)
        if key not in self._known:
            if len(self._known) >= _MOST_LOOKUPS or not key:
                return ()
            self._known[key] = _whole_first(key, self._book.named(key))
        return self._known[key]


def _whole_first(key: str, people: Sequence[Named]) -> tuple[Named, ...]:
    found = {person.id: person for person in people}
    whole = [person for person in found.values() if fold(person.name) == key]
    return tuple(whole) if len(whole) == 1 and " " in key else tuple(found.values())


def find_mentions(text: str, names: Names) -> list[Mention]:
    """Find the people named in a text.

    A capitalised word is a person when the book knows it; the longest name wins. After ``with``,
    ``called``, ``@`` and the like a name may be in lower case, and there a capitalised one that nobody has
    is an unknown person. A first name that is followed by a surname nobody of that name has is unknown
    too: ``Hank Brown`` is not Hank Morrow.

    Args:
        text: The line with everything that is no sentence blanked, so that places are those of the line.
        names: Where they are looked up.
    """
    return _Finder(text, names).find()


def find_marked(text: str, names: Names) -> list[Mention]:
    """Find the people who are named with an ``@`` before the name, and no others.

    Args:
        text: As for `find_mentions`.
        names: Where they are looked up.
    """
    return _Finder(text, names).find_marked()


class _Lead(Enum):
    """How surely a name stands at a place, by what leads to it."""

    NONE = "a name may stand here"
    LIKELY = "a name is likely to stand here"
    SURE = "a name must stand here"


@dataclass(frozen=True, slots=True)
class _Token:
    """A word: where it stands, and where it ends without its possessive."""

    start: int
    end: int
    core: int
    word: str

    @property
    def possessive(self) -> bool:
        return self.core < self.end

    @property
    def is_everyday(self) -> bool:
        return self.word.lower() in STOP_WORDS

    @property
    def is_never_a_name(self) -> bool:
        return WEEKDAYS.fullmatch(self.word) is not None or _I.fullmatch(self.word) is not None

    @property
    def is_title(self) -> bool:
        return self.word.lower() in TITLES and self.is_name_like

    @property
    def is_name_like(self) -> bool:
        """Whether it begins as names do: with a capital, or in a script that has none."""
        first = self.word[0]
        return first.isupper() or unicodedata.category(first) in ("Lo", "Lt")

    @property
    def is_shouted(self) -> bool:
        """``IBM`` and ``HR`` are not people whom nobody knows."""
        return len(self.word) > 1 and self.word.isupper()


class _Finder:
    """One walk over the words of a text. Each ``_take`` says how many words it has read, 0 for none."""

    def __init__(self, text: str, names: Names) -> None:
        self._text = text
        self._names = names
        self._tokens = list(_tokens(text))
        self._found: list[Mention] = []
        self._leads: list[_Lead] = []
        """What led to each name found."""

    def find(self) -> list[Mention]:
        at = 0
        while at < len(self._tokens):
            at += self._take(at) or 1
        # ``sent Lisbon photos to Grace``: a likely name that nobody has is none, beside any other.
        pairs = list(zip(self._found, self._leads, strict=True))
        certain = [mention for mention, lead in pairs if not (mention.unknown and lead is _Lead.LIKELY)]
        return certain or self._found

    def find_marked(self) -> list[Mention]:
        for at, token in enumerate(self._tokens):
            if self._text[token.start - 1 : token.start] != "@" or token.start < 1:
                continue
            if self._take_han(at, _Lead.SURE):
                continue
            run = self._run(at) if token.is_name_like else self._adjacent(at, 3)
            longest = next((n for n in range(len(run), 0, -1) if self._called(run[:n])), 0)
            known = self._called(run[:longest])
            if longest == 1 < len(run) and token.is_name_like and not token.possessive:
                self._mention(run, _Lead.SURE, (), near=known, unknown=True)
            elif known:
                self._mention(run[:longest], _Lead.SURE, known)
            else:
                self._mention(run if token.is_name_like else run[:1], _Lead.SURE, (), unknown=True)
        return [replace(mention, aside=False) for mention in self._found]

    def _take(self, at: int) -> int:
        token = self._tokens[at]
        lead = self._lead(at)
        if token.is_never_a_name or (token.is_title and at + 1 < len(self._tokens)):
            return 0
        if token.is_everyday and (lead is _Lead.NONE or not token.is_name_like):
            return 0
        if at == 0 and lead is _Lead.NONE and not token.is_name_like:
            return self._take_first()
        if token.is_name_like:
            return self._take_han(at, lead) or self._take_capitalised(at, lead)
        return 0 if lead is _Lead.NONE else self._take_any_case(at, lead)

    def _take_capitalised(self, at: int, lead: _Lead) -> int:
        run = self._run(at)
        if self._is_at_a_place(at) and not run[0].possessive:
            return self._mention(run, lead, self._called(run)) or len(run)
        for length in range(len(run), 0, -1):
            if known := self._called(run[:length]):
                return self._take_known(at, lead, run, length, known)
        if lead is _Lead.NONE or all(token.is_shouted for token in run):
            return 0
        if lead is _Lead.LIKELY and run[-1].possessive:
            return 0
        return self._mention(run, lead, (), unknown=True)

    def _take_known(
        self, at: int, lead: _Lead, run: list[_Token], length: int, known: tuple[Named, ...]
    ) -> int:
        """Take the longest part of a run that someone is called: all of it, or a name that stands alone."""
        if length > 1:
            return self._mention(run[:length], lead, known)
        if _HIS_RELATIVE.search(self._text, max(0, run[0].start - _FAR_BEFORE), run[0].start):
            return len(run)
        if len(run) > 1 and not run[0].possessive:
            return self._mention(run, lead, (), near=known, unknown=True)
        longer = self._adjacent(at, 2) if len(known) > 1 else []
        return self._mention(longer, lead, self._called(longer)) or self._mention(run[:1], lead, known)

    def _take_any_case(self, at: int, lead: _Lead) -> int:
        run = self._adjacent(at, 3)
        for length in range(len(run), 0, -1):
            if known := self._called(run[:length]):
                return self._mention(run[:length], lead, known)
        return 0

    def _take_first(self) -> int:
        """Take a name in lower case that the line begins with, where its possessive or a date shows it."""
        run = self._adjacent(0, 3)
        for length in range(1, len(run) + 1):
            after = self._tokens[length].word.lower() if length < len(self._tokens) else ""
            if run[length - 1].possessive or after in AFTER_FIRST_NAME:
                return self._mention(run[:length], _Lead.LIKELY, self._called(run[:length]))
        return 0

    def _take_han(self, at: int, lead: _Lead) -> int:
        """Cut names out of Chinese, which runs its words together: ``和李小龙喝咖啡``."""
        token = self._tokens[at]
        if len(token.word) <= 2 or token.word.isascii() or _HAN.fullmatch(token.word) is None:
            return 0
        if self._called([token]):
            return 0
        here, found = token.start, 0
        while here < token.end - 1:
            length = self._take_han_name(here, token.end, lead)
            found += length
            here += length or 1
        return 1 if found else 0

    def _take_han_name(self, here: int, end: int, lead: _Lead) -> int:
        for until in range(min(here + _LONGEST_HAN_NAME, end), here + 1, -1):
            part = _Token(here, until, until, self._text[here:until])
            if self._mention([part], lead, self._called([part])):
                return until - here
        return 0

    def _mention(
        self,
        run: Sequence[_Token],
        lead: _Lead,
        known: tuple[Named, ...],
        *,
        near: tuple[Named, ...] = (),
        unknown: bool = False,
    ) -> int:
        """Enter a run of words as a name, unless nobody has it; ``unknown`` enters it all the same."""
        if not known and not unknown:
            return 0
        start, end = run[0].start, run[-1].core
        aside = self._is_aside(start)
        text = self._text[start:end]
        self._found.append(Mention(text=text, start=start, end=end, candidates=known, near=near, aside=aside))
        self._leads.append(lead)
        return len(run)

    def _called(self, run: Sequence[_Token]) -> tuple[Named, ...]:
        """Everyone called by a run of words, without its possessive or, should that be a name, with it."""
        if not run:
            return ()
        start, core, end = run[0].start, run[-1].core, run[-1].end
        known = self._names.called(self._text[start:core])
        return known or (self._names.called(self._text[start:end]) if core < end else ())

    # Runs of words.

    def _run(self, at: int) -> list[_Token]:
        """The capitalised words from here on, with the particles between them."""
        run = [self._tokens[at]]
        for token in self._tokens[at + 1 : at + _LONGEST_NAME]:
            if run[-1].possessive or not self._adjoin(run[-1], token):
                break
            is_particle = token.word.lower() in PARTICLES
            if not is_particle and (not token.is_name_like or token.is_everyday or token.is_never_a_name):
                break
            run.append(token)
        while len(run) > 1 and not run[-1].is_name_like:
            run.pop()
        return run

    def _adjacent(self, at: int, most: int) -> list[_Token]:
        """Up to so many words in any case, none of which is an everyday one; at least the first."""
        run = [self._tokens[at]]
        for token in self._tokens[at + 1 : at + most]:
            if run[-1].possessive or not self._adjoin(run[-1], token) or token.is_everyday:
                break
            run.append(token)
        return run

    def _adjoin(self, left: _Token, right: _Token) -> bool:
        gap = _GAP_AFTER_INITIAL if len(left.word) == 1 else _GAP
        return gap.fullmatch(self._text, left.end, right.start) is not None

    # What leads to a place.

    def _lead(self, at: int) -> _Lead:
        token = self._tokens[at]
        if self._text[token.start - 1 : token.start] == "@":
            return _Lead.SURE
        return max(self._lead_of_list(at), self._lead_of_words(at), key=list(_Lead).index)

    def _lead_of_list(self, at: int) -> _Lead:
        """``with A, B and C``: what leads to the first leads to all.

        After a comma alone the sentence may go on with something else, such as ``Lisbon was sunny``: there
        a name must be known, or be followed by another.
        """
        if not self._found or self._leads[-1] is _Lead.NONE:
            return _Lead.NONE
        joiner = _JOINER.fullmatch(self._text, self._found[-1].end, self._tokens[at].start)
        if joiner is None:
            return _Lead.NONE
        if joiner[0].strip() == ",":
            run = self._run(at)
            if _JOINER.match(self._text, run[-1].core) is None and not self._called(run):
                return _Lead.NONE
        return _Lead.SURE

    def _lead_of_words(self, at: int) -> _Lead:
        token = self._tokens[at]
        for before in reversed(self._tokens[max(0, at - 3) : at]):
            word = before.word.lower()
            if word not in SURELY_BEFORE_NAME and word not in LIKELY_BEFORE_NAME:
                continue
            if _BEFORE_NAME.fullmatch(self._text, before.end, token.start) is None:
                break
            return _Lead.SURE if word in SURELY_BEFORE_NAME else _Lead.LIKELY
        if self._is_second_introduced(at):
            return _Lead.SURE
        acts = at == 0 and len(self._tokens) > 1 and self._tokens[1].word.lower() in ACTS
        return _Lead.LIKELY if acts and not token.is_name_like else _Lead.NONE

    def _is_second_introduced(self, at: int) -> bool:
        """``introduced Hank to Zed``: a name must stand after the ``to`` as well."""
        if not self._found or self._tokens[at - 1].word.lower() not in ("to", "and", "with"):
            return False
        first = self._found[-1]
        between = self._text[first.end : self._tokens[at].start]
        before = self._text[max(0, first.start - _FAR_BEFORE) : first.start].split()
        return len(between.split()) == 1 and before[-1:] in (["introduced"], ["introduce"], ["Introduced"])

    def _is_aside(self, start: int) -> bool:
        """Whether the name at a place is spoken of: after ``about``, or in a list that stands there."""
        before = self._text[max(0, start - _FAR_BEFORE) : start].split()
        if before and before[-1].lower() in ASIDE_WORDS:
            return True
        last = self._found[-1] if self._found else None
        return last is not None and last.aside and _JOINER.fullmatch(self._text, last.end, start) is not None

    def _is_at_a_place(self, at: int) -> bool:
        """Whether a place is likelier here than a person: after ``at``."""
        before = [token.word.lower() for token in self._tokens[max(0, at - 2) : at]]
        return before[-1:] == ["at"] or before == ["at", "the"]


def _tokens(text: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        possessive = _POSSESSIVE.search(match[0])
        yield _Token(start, end, start + possessive.start() if possessive else end, match[0])


def read_names(text: str, start: int, names: Names) -> list[Mention] | None:
    """Read a text that is nothing but names of the book: ``Christina and Hank``; else None.

    Args:
        text: What stands before the colon.
        start: Where it begins in the line.
        names: Where they are looked up.
    """
    found: list[Mention] = []
    for item in _LIST_ITEM.finditer(text):
        lead = _ITEM_LEAD.match(item[0])
        name = item[0][lead.end() if lead else 0 :].strip()
        if not name:
            continue
        if not (known := names.called(name)):
            return None
        begin = start + item.start() + item[0].rindex(name)
        found.append(Mention(text=name, start=begin, end=begin + len(name), candidates=known))
    return found or None


def settle(text: str, mentions: Sequence[Mention], chosen: Mapping[str, Named | None]) -> list[Mention]:
    """Put in what the user picked, and let a full name settle the same first name later in the line.

    Not in the same list: ``Grace Hopper and Grace`` are two.
    """
    picked = [_pick(mention, chosen) for mention in mentions]
    return [_settle_by(text, mention, picked[:number]) for number, mention in enumerate(picked)]


def _pick(mention: Mention, chosen: Mapping[str, Named | None]) -> Mention:
    if mention.key not in chosen:
        return mention
    person = chosen[mention.key]
    return replace(mention, left_out=True) if person is None else replace(mention, picked=person)


def _settle_by(text: str, mention: Mention, before: Sequence[Mention]) -> Mention:
    if not mention.ambiguous:
        return mention
    apart = [m.person for m in before if _JOINER.fullmatch(text, m.end, mention.start) is None]
    certain = {person.id for person in apart if person is not None}
    here = [person for person in mention.candidates if person.id in certain]
    return replace(mention, picked=here[0]) if len(here) == 1 else mention
