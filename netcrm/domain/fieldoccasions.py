"""Occasions as lines of a form: ``birthday: 14 Dec 1971``, ``daughter Ana: graduates 12 Dec 2026 (once)``."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from netcrm.domain.dates import CalendarDay, read_calendar_day, read_day
from netcrm.domain.fieldtext import MONTHS, count_of, divided, meant, quoted, read_each, says, written
from netcrm.domain.logline.words import KIN
from netcrm.domain.occasions import DEFAULT_NOTICE, OCCASION_KINDS, Occasion
from netcrm.domain.patterns import pattern
from netcrm.domain.text import fold


def say_occasions(occasions: Iterable[Occasion]) -> str:
    """Occasions, one a line: ``birthday: 14 Dec 1971``, ``daughter Ana: graduates 12 Dec 2026 (once)``."""
    return "\n".join(map(_say_occasion, occasions))


def read_occasions(text: str, today: date, kept: Sequence[Occasion] = ()) -> tuple[Occasion, ...]:
    """Occasions, one a line: whose, if not the person's own; what; the day; days of notice; once or yearly.

    What is once and has no year is in the year in which it comes next.

    Raises:
        ValueError: If a line has no words, or no day that is one.
    """
    return read_each(text.split("\n"), lambda line: _read_occasion(line, today), _say_occasion, kept)


_OCCASIONS_BY_WORD = (
    (r"anniversary", "anniversary"),
    (r"birthday|bday|b-day", "birthday"),
    (r"graduat\w*", "graduation"),
    (r"wedding|married|marries|marry", "wedding"),
    (r"born|birth|due", "birth"),
    (r"died|death", "death"),
)
_ONCE_BY_NATURE = frozenset({"graduation", "wedding", "birth"})

_FLAGS = pattern(r"\(([^()]*)\)$")
_NOTICE = pattern(r",\s*(?P<count>[0-9]{1,5}) ?(?P<unit>day|week)s?(?: notice| before| ahead)?$", re.I)
_WHOSE_FIRST = pattern(rf"(?P<whose>(?i:{KIN})\b(?:\s+[^\W\d_a-z]\S*)*)\s+(?P<label>\S.*)")


def _kind_of_label(label: str) -> str:
    folded = fold(label)
    for words, kind in _OCCASIONS_BY_WORD:
        if re.search(rf"\b(?:{words})\b", folded):
            return kind
    return "other"


def _say_occasion(occasion: Occasion) -> str:
    flags = [] if occasion.yearly else ["once"]
    if occasion.yearly and _kind_of_label(occasion.label) in _ONCE_BY_NATURE:
        flags.append("yearly")
    if not occasion.yearly and occasion.year is None:
        flags.append("no year")
    if occasion.kind != _kind_of_label(occasion.label):
        flags.append(occasion.kind)
    notice = "" if occasion.notice == DEFAULT_NOTICE else f", {count_of(occasion.notice, 'day')}"
    day = f"{occasion.day} {MONTHS[occasion.month - 1]}"
    if occasion.year is not None:
        day += f" {occasion.year:04d}"
    tail = f"{day}{notice}" + (f" ({', '.join(flags)})" if flags else "")
    label = written(occasion.label, ":")
    if not occasion.whose:
        return f"{label}: {tail}"
    whose = written(occasion.whose, ":")
    short = f"{whose}: {label} {tail}"
    clear = not _ends_like_a_day(label) and says(short, occasion, _read_undated)
    return short if clear else f"{whose}: {label}: {tail}"


def _ends_like_a_day(label: str) -> bool:
    """Whether a day written after the label might begin in the label: ``Fri`` before ``1 Jan``."""
    last = fold(label).rpartition(" ")[2].strip(".,")
    return read_day(last, date(2000, 1, 1), prefer="future") is not None or any(c.isdigit() for c in last)


def _read_undated(line: str) -> Occasion:
    """Read what was said, in which no day is left open, so that today does not matter."""
    return _read_occasion(line, date(2000, 1, 1))


def _read_occasion(line: str, today: date) -> Occasion:
    rest, flags, notice = line, list[str](), DEFAULT_NOTICE
    if match := _FLAGS.search(rest):
        flags = [fold(flag) for flag in match[1].split(",")]
        rest = rest[: match.start()].rstrip()
    if match := _NOTICE.search(rest):
        notice = int(match["count"]) * (7 if match["unit"].lower() == "week" else 1)
        rest = rest[: match.start()].rstrip()
    whose, label, day = _whose_what_when(rest, today)
    unknown = [flag for flag in flags if flag not in (*OCCASION_KINDS, "once", "yearly", "no year")]
    if day is None or unknown or not label:
        raise ValueError(
            f"{quoted(line)} is no occasion yet; write birthday: 14 Dec 1971,"
            " or daughter Ana: graduates 12 Dec 2026 (once)."
        )
    kind = next((flag for flag in flags if flag in OCCASION_KINDS), _kind_of_label(meant(label)))
    by_nature = _kind_of_label(meant(label)) not in _ONCE_BY_NATURE
    yearly = "yearly" in flags or ("once" not in flags and by_nature)
    year = day.year
    if not yearly and year is None and "no year" not in flags:
        coming = day.nearest(today, "future")
        year = coming.year if coming else None
    return Occasion(
        kind=kind,
        label=meant(label),
        month=day.month,
        day=day.day,
        whose=meant(whose),
        year=year,
        yearly=yearly,
        notice=notice,
    )


def _whose_what_when(text: str, today: date) -> tuple[str, str, CalendarDay | None]:
    """The three parts of an occasion, as they are written."""
    first, *rest = (piece.strip() for piece in divided(text, ":"))
    if len(rest) == 2:
        return first, rest[0], _calendar_day(rest[1], today)
    if len(rest) == 1:
        if day := _calendar_day(rest[0], today):
            return "", first, day
        label, day = _day_at_end(rest[0], today)
        return first, label, day
    label, day = _day_at_end(text, today)
    if match := _WHOSE_FIRST.fullmatch(label):
        return match["whose"], match["label"], day
    return "", label, day


def _day_at_end(text: str, today: date) -> tuple[str, CalendarDay | None]:
    words = text.split(" ")
    for start in range(max(0, len(words) - _LONGEST_DAY), len(words)):
        if day := _calendar_day(" ".join(words[start:]), today):
            return " ".join(words[:start]).strip(), day
    return text, None


def _calendar_day(text: str, today: date) -> CalendarDay | None:
    if day := read_calendar_day(text):
        return day
    near = read_day(text, today, prefer="future")
    return CalendarDay(near.month, near.day) if near else None


_LONGEST_DAY = 6
"""Words of the longest day: ``on Friday the 3rd of May``."""
