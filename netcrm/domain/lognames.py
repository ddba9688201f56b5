"""Who is named in a log line."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from netcrm.domain.logmeaning import Book, Mention
from netcrm.domain.logwords import ACTS, ASIDE_WORDS, LEANS_ON_NAME, PARTICLES, STOP_WORDS, TITLES, WEEKDAYS
from netcrm.domain.people import Named
from netcrm.domain.text import fold

_TOKEN = re.compile(r"[^\W\d_](?:[^\W_]|\d)*(?:['’\-][^\W\d_][^\W_]*)*")
_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)
_JOINER = re.compile(r"(?:['’]s?)?\s*(?:,\s*(?:and\s+)?|\s(?:and|or)\s+|[&+/]\s*)", re.IGNORECASE)
_I = re.compile(r"i(?:['’]\w+)?", re.IGNORECASE)
_GAP = re.compile(r"\s+")
_GAP_AFTER_INITIAL = re.compile(r"\.?\s+")
_AMID = re.compile(r"(?:\s+(?:my|our|old|dear|good|friend|colleague|neighbour|boss|both))*\s+", re.IGNORECASE)

_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+")

_LONGEST_HAN_NAME = 4
"""Characters: two of a family name and two of a given name."""

_LONGEST_NAME = 5
"""The most words of a name that are looked up at once."""

_MOST_LOOKUPS = 60
"""Names asked for in one line; a pasted page must not become a thousand questions to the index."""


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
    def is_name_like(self) -> bool:
        """Whether it begins as names do: with a capital, or in a script that has none."""
        first = self.word[0]
        return first.isupper() or unicodedata.category(first) in ("Lo", "Lt")


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


class _Finder:
    """One walk over the words of a text."""

    def __init__(self, text: str, names: Names) -> None:
        self._text = text
        self._names = names
        self._tokens = list(_tokens(text))
        self._found: list[Mention] = []
        self._unsure: set[int] = set()
        self._leans = False
        """Whether the last name found stood where a name must."""

    def find(self) -> list[Mention]:
        at = 0
        while at < len(self._tokens):
            at += self._take(at)
        return [mention for mention in self._found if mention.start not in self._unsure] or self._found

    def _take(self, at: int) -> int:
        """Read what stands at a word; how many words that were."""
        token = self._tokens[at]
        lean = self._lean(at)
        if token.word.lower() in TITLES and at + 1 < len(self._tokens) and token.is_name_like:
            return 1
        if _never_a_name(token) or (token.is_everyday and (lean is None or not token.is_name_like)):
            return 1
        if token.is_name_like:
            return self._take_ideographs(at, lean) or self._take_capitalised(at, lean)
        return 1 if lean is None else self._take_any(at, lean)

    def _take_ideographs(self, at: int, lean: bool | None) -> int:
        """Cut names out of Chinese, which runs its words together: ``和李小龙喝咖啡``."""
        token = self._tokens[at]
        if len(token.word) <= 2 or _HAN.fullmatch(token.word) is None or self._called([token]):
            return 0
        here = token.start
        while here < token.end - 1:
            here += self._take_ideographs_at(here, token.end, lean)
        return 1 if self._found and self._found[-1].start >= token.start else 0

    def _take_ideographs_at(self, here: int, end: int, lean: bool | None) -> int:
        for until in range(min(here + _LONGEST_HAN_NAME, end), here + 1, -1):
            if known := self._names.called(self._text[here:until]):
                part = _Token(here, until, until, self._text[here:until])
                self._mention([part], known, lean)
                return until - here
        return 1

    def _take_capitalised(self, at: int, lean: bool | None) -> int:
        run = self._run(at)
        if self._after_at(at):
            known = self._called(run)
            if known:
                return self._mention(run, known, lean)
            if not (len(run) == 1 and run[0].possessive):
                return len(run)
        for length in range(len(run), 0, -1):
            known = self._called(run[:length])
            if not known:
                continue
            if length == 1 and len(run) > 1 and not run[0].possessive:
                return self._mention(run, (), lean, near=known)
            if length == 1 and len(known) > 1 and (taken := self._take_longer(at, lean)):
                return taken
            return self._mention(run[:length], known, lean)
        if lean is None or (not lean and run[-1].possessive) or _is_shouted(run):
            return 1
        if not lean:
            self._unsure.add(run[0].start)
        return self._mention(run, (), lean)

    def _take_longer(self, at: int, lean: bool | None) -> int:
        """``Grace hopper``: a surname in lower case settles which Grace."""
        run = self._adjacent(at, 2)
        known = self._called(run) if len(run) == 2 else ()
        return self._mention(run, known, lean) if known else 0

    def _take_any(self, at: int, lean: bool | None) -> int:
        run = self._adjacent(at, 3)
        for length in range(len(run), 0, -1):
            if known := self._called(run[:length]):
                return self._mention(run[:length], known, lean)
        return 1

    def _mention(
        self, run: Sequence[_Token], known: tuple[Named, ...], lean: bool | None, near: tuple[Named, ...] = ()
    ) -> int:
        start, end = run[0].start, run[-1].core
        aside = self._aside(start)
        self._found.append(
            Mention(
                text=self._text[start:end], start=start, end=end, candidates=known, near=near, aside=aside
            )
        )
        self._leans = lean is not None
        return len(run)

    def _called(self, run: Sequence[_Token]) -> tuple[Named, ...]:
        start, core, end = run[0].start, run[-1].core, run[-1].end
        known = self._names.called(self._text[start:core])
        return known or (self._names.called(self._text[start:end]) if core < end else ())

    def _run(self, at: int) -> list[_Token]:
        """The capitalised words from here on, with the particles between them."""
        run = [self._tokens[at]]
        for token in self._tokens[at + 1 : at + 2 * _LONGEST_NAME]:
            if run[-1].possessive or len(run) == _LONGEST_NAME or not self._adjoin(run[-1], token):
                break
            if token.word.lower() in PARTICLES:
                run.append(token)
                continue
            if not token.is_name_like or token.is_everyday or _never_a_name(token):
                break
            run.append(token)
        while len(run) > 1 and not run[-1].is_name_like:
            run.pop()
        return run

    def _adjacent(self, at: int, most: int) -> list[_Token]:
        """Up to so many words in any case, none of which is an everyday one."""
        run = [self._tokens[at]]
        for token in self._tokens[at + 1 : at + most]:
            if run[-1].possessive or not self._adjoin(run[-1], token) or token.is_everyday:
                break
            run.append(token)
        return run

    def _adjoin(self, left: _Token, right: _Token) -> bool:
        initial = len(left.word) == 1 or left.word.lower() in TITLES, WEEKDAYS
        gap = _GAP_AFTER_INITIAL if initial else _GAP
        return gap.fullmatch(self._text, left.end, right.start) is not None

    def _lean(self, at: int) -> bool | None:
        """How sure it is that a name stands here: True surely, False probably, None not at all."""
        start = self._tokens[at].start
        if start and self._text[start - 1] == "@" and not self._text[: start - 1][-1:].isalnum():
            return True
        if self._found and self._leans:
            joiner = _JOINER.fullmatch(self._text, self._found[-1].end, start)
            if joiner is not None and (joiner[0].strip() != "," or self._goes_on(at)):
                return True
        for before in range(at - 1, max(-1, at - 4), -1):
            word = self._tokens[before].word.lower()
            if word in LEANS_ON_NAME:
                between = _AMID.fullmatch(self._text, self._tokens[before].end, start)
                if between is not None:
                    return LEANS_ON_NAME[word]
                break
        if at == 0 and self._tokens[1:] and self._tokens[1].word.lower() in ACTS:
            return None if self._tokens[0].is_name_like else False
        return self._second_introduced(at)

    def _goes_on(self, at: int) -> bool:
        """After a comma it is another name of a list only if the list goes on, or if it is known."""
        run = self._run(at)
        return bool(self._called(run)) or _JOINER.match(self._text, run[-1].core) is not None

    def _second_introduced(self, at: int) -> bool | None:
        """``introduced Hank to Zed``: a name must stand after the ``to`` as well."""
        if at < 2 or not self._found or self._tokens[at - 1].word.lower() not in ("to", "and", "with"):
            return None
        first = self._found[-1]
        introduced = re.search(r"\bintroduced?\s+$", self._text[: first.start][-20:], re.IGNORECASE)
        near = re.fullmatch(r"\s+\w+\s+", self._text[first.end : self._tokens[at].start])
        return True if introduced and near else None

    def _aside(self, start: int) -> bool:
        """Whether the name at a place is spoken of: after ``about``, or in a list that stands there."""
        before = self._text[max(0, start - 16) : start].split()
        if before and before[-1].lower() in ASIDE_WORDS:
            return True
        last = self._found[-1] if self._found else None
        return last is not None and last.aside and _JOINER.fullmatch(self._text, last.end, start) is not None

    def _after_at(self, at: int) -> bool:
        """Whether a place is likelier here than a person: after ``at``."""
        before = [token.word.lower() for token in self._tokens[max(0, at - 2) : at]]
        return bool(before) and (before[-1] == "at" or before == ["at", "the"])


def _tokens(text: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        possessive = _POSSESSIVE.search(match[0])
        core = start + possessive.start() if possessive else end
        yield _Token(start, end, core, match[0])


def _never_a_name(token: _Token) -> bool:
    return WEEKDAYS.fullmatch(token.word) is not None or _I.fullmatch(token.word) is not None


def _is_shouted(run: Iterable[_Token]) -> bool:
    """``IBM`` and ``HR`` are not people nobody knows."""
    return all(len(token.word) > 1 and token.word.isupper() for token in run)


def read_names(text: str, start: int, names: Names) -> list[Mention] | None:
    """Read a text that is nothing but names of the book: ``Christina and Hank``; else None.

    Args:
        text: What stands before the colon.
        start: Where it begins in the line.
        names: Where they are looked up.
    """
    found: list[Mention] = []
    for match in re.finditer(r"(?:(?!\s+(?:and|or)\s|[,&+/]).)+", text, re.IGNORECASE):
        bare = match[0].strip()
        piece = re.sub(r"^(?:(?:and|or)\s+|@)", "", bare, flags=re.IGNORECASE).strip()
        if not piece:
            continue
        if not (known := names.called(piece)):
            return None
        at = start + match.start() + match[0].index(piece)
        found.append(Mention(text=piece, start=at, end=at + len(piece), candidates=known))
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
