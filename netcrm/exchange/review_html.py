"""A review as a page for the browser.

One file that holds all it needs: no script, no font, no picture of another place, and a policy that lets it
load nothing. Light or dark as the browser wishes. Every text is escaped, after it has been cleaned.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape

from netcrm.domain.gives import say_day
from netcrm.domain.groups import pulse
from netcrm.domain.people import Named
from netcrm.domain.review import (
    LEVELS,
    Review,
    Touch,
    silence,
    talks_with,
)
from netcrm.domain.text import plain
from netcrm.domain.timeline import SIGNS, Interaction

BEGINNING = "<!doctype html><!-- a review by netcrm -->"
"""How each page begins, so that it is known again."""

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""What the page may load, which is nothing; its style stands in it (w3.org/TR/CSP3)."""

_CELL, _STEP = 11, 14
"""The side of a day on the map, and from one to the next, in CSS pixels."""

_LEFT, _TOP = 34, 18
"""Pixels for the weekdays and the months."""

_BAR, _BAR_STEP, _HIGH = 10, 14, 64
"""The width of a week's bar, from one to the next, and the height of the highest, in CSS pixels."""


def page(review: Review) -> str:
    """The whole page."""
    title = review.span.title(review.today)
    title = title[:1].upper() + title[1:]
    body = "\n".join(filter(None, _body(review)))
    return (
        f'{BEGINNING}\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{_text(title)} · netcrm</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<header><p>netcrm · review</p><h1>{_text(title)}</h1></header>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _body(review: Review) -> Iterator[str]:
    held, after, today = review.held, review.after, review.today
    yield _facts(review)
    yield _heat_map(review.touch)
    yield '<div class="cards">'
    yield _gives_and_asks(review)
    yield _card("What you gave", map(_entry, held.given), more=review.gave - len(held.given))
    yield _card("Bright moments", map(_entry, held.bright), "bright")
    yield _card(
        held.most_given_to, (_bar(one.name, many, _most(held.given_to)) for one, many in held.given_to)
    )
    yield _card("Learned", map(_entry, held.learned))
    yield _card("Taught", map(_entry, held.taught))
    kinds, top = review.kinds, max(review.kinds.values(), default=1)
    yield _card("By kind", (_bar(f"{SIGNS[kind]} {kind}", many, top) for kind, many in kinds.items()))
    yield _card("By tag", (_bar(f"#{tag}", many, _most(held.tags)) for tag, many in held.tags))
    drifting = (_pair(f"○ {person.name}", silence(person, today)) for person in after.drifting)
    yield _card("Drifting", drifting, "warm", note="A hello would be welcome.", more=after.more)
    yield _card(
        "Groups",
        (
            _pair(group.name, f"{beat.gauge} {beat.words}")
            for group in after.groups
            for beat in [pulse(group, today)]
        ),
    )
    coming = (_pair(one.words, say_day(one.day, today)) for one in after.coming)
    yield _card("Coming up", coming)
    yield "</div>"
    yield f"<footer>As of {today:%A}, {today.day} {today:%B %Y}.</footer>"


def _facts(review: Review) -> str:
    facts = {
        "conversations": review.conversations,
        "people": review.held.people,
        "gave": review.gave,
        "asked": review.asked,
    }
    words = {
        "conversations": ("conversation", "conversations"),
        "people": ("person", "people"),
        "gave": ("time you gave", "times you gave"),
        "asked": ("time you asked", "times you asked"),
    }
    said = "".join(
        f'<li><b data-number="{name}">{many}</b> {words[name][many != 1]}</li>'
        for name, many in facts.items()
    )
    return f'<ul class="facts">{said}</ul>'


def _heat_map(touch: Touch) -> str:
    """A day a square, a column a week, today's at the right."""
    drawn = [
        f'<text x="{_LEFT + place * _STEP}" y="{_TOP - 6}">{name}</text>' for place, name in touch.months
    ]
    drawn += [
        f'<text x="0" y="{_TOP + row * _STEP + _CELL - 2}">{name}</text>'
        for row, name in ((0, "Mon"), (2, "Wed"), (4, "Fri"), (6, "Sun"))
    ]
    for number, day in enumerate(touch.days):
        week, weekday = divmod(number, 7)
        many = touch.on(day)
        talks = "1 conversation" if many == 1 else f"{many} conversations"
        drawn.append(
            f'<rect class="l{touch.level(day)}" x="{_LEFT + week * _STEP}" y="{_TOP + weekday * _STEP}"'
            f' width="{_CELL}" height="{_CELL}" rx="2" data-day="{day}" data-count="{many}">'
            f"<title>{day:%a} {day.day} {day:%b %Y}: {talks}</title></rect>"
        )
    wide, high = _LEFT + len(touch.weeks) * _STEP, _TOP + 7 * _STEP
    said = talks_with(touch.conversations, touch.people) or "quiet so far"
    legend = "".join(
        f'<svg width="{_CELL}" height="{_CELL}" aria-hidden="true"><rect class="l{level}" width="{_CELL}"'
        f' height="{_CELL}" rx="2"/></svg>'
        for level in range(LEVELS + 1)
    )
    return (
        '<section class="map"><h2>A year in touch</h2><div class="scroll">'
        f'<svg width="{wide}" height="{high}" viewBox="0 0 {wide} {high}" role="img"'
        f' aria-label="A year in touch: {_text(said)}">'
        f'{"".join(drawn)}</svg></div><p class="legend"><span>less {legend} more</span>'
        f'<span data-map-conversations="{touch.conversations}" data-map-people="{touch.people}">{_text(said)}'
        "</span></p></section>"
    )


def _gives_and_asks(review: Review) -> str:
    """Two rows of bars of one measure, a bar a week."""
    weeks = review.weeks
    if not review.given_and_asked:
        return ""
    most = max(1, *(week.gave for week in weeks), *(week.asked for week in weeks))
    rows = []
    for name, values in (
        ("gave", [(week.first, week.gave) for week in weeks]),
        ("asked", [(week.first, week.asked) for week in weeks]),
    ):
        bars = "".join(
            f'<rect class="{name}" x="{place * _BAR_STEP}" y="{_HIGH - _tall(many, most)}" width="{_BAR}"'
            f' height="{_tall(many, most)}" rx="1" data-week="{monday}" data-{name}="{many}">'
            f"<title>Week of {monday.day} {monday:%b %Y}: {name} {many}</title></rect>"
            for place, (monday, many) in enumerate(values)
        )
        wide = len(values) * _BAR_STEP
        rows.append(
            f"<figure><figcaption>{'gives' if name == 'gave' else 'asks'} a week</figcaption>"
            f'<div class="scroll"><svg width="{wide}" height="{_HIGH}" viewBox="0 0 {wide} {_HIGH}"'
            f' role="img" aria-label="{name} a week">{bars}</svg></div></figure>'
        )
    wide_card = " wide" if review.span.kind == "year" else ""
    return (
        f'<section class="card{wide_card}"><h2>Gives and asks</h2>{"".join(rows)}'
        f'<p class="note">{_text(review.given_and_asked)}</p></section>'
    )


def _tall(many: int, most: int) -> int:
    """The height of a bar; a week without any has a line."""
    return max(1, round(many / most * _HIGH))


def _card(title: str, items: Iterable[str], kind: str = "", *, note: str = "", more: int = 0) -> str:
    """A heading and a list; nothing where the list is empty."""
    said = "".join(f"<li>{item}</li>" for item in items)
    if not said:
        return ""
    rest = f'<p class="note">and {more:,} more</p>' if more > 0 else ""
    about = f'<p class="note">{_text(note)}</p>' if note else ""
    return f'<section class="card {kind}"><h2>{title}</h2>{about}<ul>{said}</ul>{rest}</section>'


def _entry(entry: Interaction) -> str:
    who = _names(entry.people)
    stars = f' <span class="stars" title="enjoyed">{entry.stars}</span>' if entry.stars else ""
    with_whom = f"<b>{_text(who)}</b> " if who else ""
    when = f"{entry.day:%a} {entry.day.day} {entry.day:%b}"
    text = _text(" ".join(entry.text.split()))
    return f'<span>{SIGNS[entry.kind]} {with_whom}{text}{stars}</span><span class="end">{when}</span>'


def _pair(left: str, right: str) -> str:
    return f'<span>{_text(left)}</span><span class="end">{_text(right)}</span>'


def _bar(name: str, many: int, most: int) -> str:
    share = max(2, round(100 * many / most))
    return (
        f'<span>{_text(name)}</span><span class="bar"><i style="width:{share}%"></i></span>'
        f'<span class="end">{many}</span>'
    )


def _most(found: Sequence[tuple[Named | str, int]]) -> int:
    return max((many for _, many in found), default=1)


def _names(people: Sequence[Named]) -> str:
    return " and ".join(", ".join(person.name for person in people).rsplit(", ", 1))


def _text(text: str) -> str:
    """Text from anywhere: cleaned, then escaped."""
    return escape(plain(text), quote=True)


_LIGHT: Mapping[str, str] = {
    "page": "#f2f0ea",
    "card": "#fbfaf6",
    "line": "#dddacf",
    "text": "#343b58",
    "dim": "#6b7089",
    "accent": "#b8540a",
    "ask": "#c4314b",
    "good": "#3f7d20",
    "warm": "#8f5e15",
    "l0": "#e4e1d8",
    "l1": "#cdbbe8",
    "l2": "#ab8ad8",
    "l3": "#8f63ca",
    "l4": "#6a35b4",
}

_DARK: Mapping[str, str] = {
    "page": "#1a1b26",
    "card": "#1f2335",
    "line": "#2f3550",
    "text": "#c0caf5",
    "dim": "#8b93b8",
    "accent": "#ff9e64",
    "ask": "#f7768e",
    "good": "#9ece6a",
    "warm": "#e0af68",
    "l0": "#2a2e44",
    "l1": "#4f4576",
    "l2": "#7562a8",
    "l3": "#9a7fd2",
    "l4": "#c4a7ff",
}


def _colours(named: Mapping[str, str]) -> str:
    return ";".join(f"--{name}:{colour}" for name, colour in named.items())


_STYLE = f"""
:root{{color-scheme:light dark;{_colours(_LIGHT)}}}
@media (prefers-color-scheme:dark){{:root{{{_colours(_DARK)}}}}}
*{{box-sizing:border-box}}
body{{margin:0;background:var(--page);color:var(--text);font:15px/1.5 system-ui,sans-serif}}
main{{max-width:980px;margin:0 auto;padding:32px 24px 48px}}
header p{{margin:0;color:var(--dim)}}h1{{margin:0 0 8px;font-size:28px;font-weight:650}}
h2{{margin:0 0 8px;font-size:15px;font-weight:650}}
ul{{list-style:none;margin:0;padding:0}}
.facts{{display:flex;flex-wrap:wrap;gap:4px 28px;margin:0 0 20px;color:var(--dim)}}
.facts b{{color:var(--text);font-size:22px;font-variant-numeric:tabular-nums}}
.map,.card{{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:16px 18px}}
.map{{margin-bottom:16px}}.scroll{{overflow-x:auto}}
.map .scroll svg{{width:100%;min-width:640px;height:auto}}
svg{{display:block}}svg text{{fill:var(--dim);font:11px system-ui,sans-serif}}
{"".join(f".l{level}{{fill:var(--l{level})}}" for level in range(LEVELS + 1))}
.legend{{display:flex;flex-wrap:wrap;justify-content:space-between;gap:4px 24px;margin:10px 0 0}}
.legend{{color:var(--dim)}}
.legend svg{{display:inline-block;margin:0 1px;vertical-align:-1px}}
.cards{{columns:2 400px;column-gap:16px}}
.card{{break-inside:avoid;margin:0 0 16px}}.wide{{column-span:all}}
.card li{{display:flex;gap:12px;justify-content:space-between;padding:2px 0}}
.card li>span:first-child{{overflow-wrap:anywhere}}
.end{{color:var(--dim);white-space:nowrap;font-variant-numeric:tabular-nums}}
.bar{{flex:0 1 160px;margin-left:auto;align-self:center}}
.bar i{{display:block;height:8px;border-radius:4px;background:var(--l3)}}
.bright h2{{color:var(--good)}}.warm h2,.stars{{color:var(--warm)}}
figure{{margin:0 0 8px}}figcaption,.note,footer{{color:var(--dim)}}.note{{margin:4px 0}}
.gave{{fill:var(--accent)}}.asked{{fill:var(--ask)}}
@media print{{body{{background:#fff}}.card,.map{{break-inside:avoid}}}}
""".strip()
