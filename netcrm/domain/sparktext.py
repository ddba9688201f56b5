"""Sparks as text: what a line or a page says, how it would be typed again, and how it is passed on."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from netcrm.domain.dates import read_day
from netcrm.domain.patterns import pattern
from netcrm.domain.sparks import Spark, SparkDraft
from netcrm.domain.text import fold, shortened


def read_spark(typed: str, today: date, kind: str = "") -> SparkDraft:
    """Read a spark from what was typed or pasted.

    One line is its title: ``job: SRE lead at Acme, Berlin #kubernetes https://acme.example/7``. Of more, the
    first line or sentence is, and all of it is the text. Link, hashtags and last day stay out of the title;
    what the title leaves out besides the link stays in the text.

    Args:
        typed: The text.
        today: The day by which days in it are read.
        kind: One of `SPARK_KINDS` where it is known; else a word before a colon says it, or the words do.
    """
    said = typed.strip()
    prefix = _PREFIX.match(said)
    named = _KIND_WORDS.get(prefix[1].lower(), "") if prefix else ""
    if prefix and named:
        said = said[prefix.end() :].lstrip()
    head = said[:_HEAD]
    link = _LINK.search(head)
    title = _title_of(head)
    short = len(said.splitlines()) < 2 and len(_without_links(said)) <= _LINE_MOST
    text = _without_links(said) if short else said
    kind = kind or named or _guessed(head)
    return SparkDraft(
        kind=kind,
        title=title or (_bare(link[0]) if link else ""),
        link=link[0].rstrip(_CLOSING) if link else "",
        text="" if short and text == title else text,
        until=_until(head, kind, today),
        tags=tags_in(head),
    )


def tags_in(text: str) -> tuple[str, ...]:
    """The hashtags of a text, each once, without the sign; a mere number is none."""
    found: dict[str, str] = {}
    for tag in _TAG.findall(text):
        if not tag.isdigit():
            found.setdefault(fold(tag), tag)
    return tuple(found.values())[:_TAGS_MOST]


def untold_tags(spark: SparkDraft | Spark) -> Sequence[str]:
    """The tags of a spark that neither its title nor its text has as hashtags."""
    told = set(map(fold, tags_in(f"{spark.title} {spark.text[:_HEAD]}")))
    return [tag for tag in spark.tags if fold(tag) not in told]


def written(spark: SparkDraft | Spark) -> str:
    """A spark as it would be typed again, so that `read_spark` reads the same of it.

    Title, tags, link and day stand beside a text that does not say them itself.
    """
    text = spark.text.strip()
    head = text[:_HEAD]
    link = spark.link if spark.link not in head else ""
    tags = " ".join(f"#{tag}" for tag in untold_tags(spark))
    lines = [text]
    if not text:
        title = "" if spark.title == _bare(spark.link) else spark.title
        lines, tags = [" ".join(filter(None, (title, tags, link)))], ""
    elif _title_of(head) != spark.title:
        lines = [spark.title, *filter(None, [link]), text]
    elif link and len(text) <= _LINE_MOST and "\n" not in text:
        lines = [f"{text} {link}"]
    elif link:
        lines.append(link)
    if tags:
        lines.append(tags)
    until = spark.until
    if until is not None and _until("\n".join(lines)[:_HEAD], spark.kind, until) != until:
        lines.append(f"Until {until.day} {until:%B %Y}")
    beside = [line for line in lines if line not in (text, spark.title)]
    if text and beside and len("\n".join(lines)) > _HEAD:
        # Behind a text that is so long nothing is read any more.
        lines = [spark.title, *beside, text]
    return f"{_NAMES[spark.kind]}: " + "\n".join(lines)


def wording(spark: SparkDraft | Spark) -> str:
    """What to do with a spark, for someone who stands as ``{name}`` in it."""
    return _WORDINGS[spark.kind].format(title=titled(spark), name="{name}")


def posting(spark: SparkDraft | Spark) -> str:
    """What to do with a spark, for a group that stands as ``{name}`` in it."""
    return _POSTINGS[spark.kind].format(title=titled(spark), name="{name}")


def titled(spark: SparkDraft | Spark) -> str:
    """The title of a spark as one would say it."""
    return _aloud(spark.title) or SOMETHING


def fill_in(words: str, name: str) -> str:
    """A wording with someone's name in it; other braces stay as they are."""
    return words.replace("{name}", name)


def _title_of(text: str) -> str:
    """The title that a text gives: its first line with words, or the first sentence of a long one."""
    whole = next(filter(None, map(_without_links, text.splitlines())), "")
    if len(whole) <= _LINE_MOST:
        whole = _aloud(whole) or whole
    if len(whole) <= _TITLE_MOST:
        return whole
    sentence = _SENTENCE.match(whole)
    if sentence and len(sentence[0]) <= _TITLE_MOST:
        return sentence[0].rstrip(".:;, ")
    return shortened(whole, _TITLE_MOST)


def _without_links(line: str) -> str:
    return " ".join(_LINK.sub("", line).split()).rstrip(" -–·|:")


def _aloud(title: str) -> str:
    """A title as one would say it: without hashtags and a last day at its end, other hashtags as words."""
    before = ""
    while before != title:
        before = title
        title = _TAGS_AT_END.sub(_tags_left, _DAY_AT_END.sub("", title)).rstrip(" -–·|:,;(")
    return _HASH.sub(r"\1", title).strip()


def _tags_left(tags: re.Match[str]) -> str:
    """What stays of hashtags at the end: the first, as a word, where the sentence goes on with it."""
    before = tags.string[: tags.start()].split()
    return f" {tags[0].split()[0].strip('#,;')}" if before and before[-1].lower() in _LEADS_ON else ""


def _bare(link: str) -> str:
    """A link as a title: without its scheme."""
    return link.rstrip(_CLOSING).partition("://")[2].removeprefix("www.").rstrip("/")[:_TITLE_MOST]


def _guessed(text: str) -> str:
    """The kind that the words speak of most clearly; an article where they speak of none."""
    head = text[:600]
    for kind, sign in _SIGNS:
        if sign.search(head):
            return kind
    return "article"


def _until(text: str, kind: str, today: date) -> date | None:
    """The last day on which it is of use: a day that is said so, or the day of an event."""
    said = [_day_at(text[cue.end() : cue.end() + 40], today) for cue in _UNTIL.finditer(text)]
    if kind == "event":
        said += [_day_at(text[found.start() : found.start() + 40], today) for found in _DATE.finditer(text)]
    days = [day for day in said if day is not None]
    return next((day for day in days if day >= today), days[0] if days else None)


def _day_at(text: str, today: date) -> date | None:
    """The day that a text begins with, if it begins with one; without a year, the next such day."""
    days = (read_day(candidate, today, prefer="future") for candidate in _beginnings(text))
    return next((day for day in days if day is not None), None)


def _beginnings(text: str) -> Iterator[str]:
    tokens = [_MONTHS.get(token.lower().rstrip(".,"), token) for token in text.split()[:4]]
    for length in range(len(tokens), 0, -1):
        yield " ".join(tokens[:length]).strip(".,;:!?()|")


SOMETHING = "something nice"
"""What is said of a spark whose title says nothing."""

_TITLE_MOST = 90
"""Characters of a title: what fits a line of the queue with the name of whom it is for."""

_HEAD = 10_000
"""Characters in which title, link and day are looked for: what a thing is about is said before."""

_LINE_MOST = 300
"""Characters of one line that is taken for a title with its hashtags; a longer one is a text."""

_CLOSING = ".,;:!?)]}>\"'”’"

_LINK = pattern(r"https?://[^\s<>]+", re.IGNORECASE)

_HASH = pattern(r"(?<!\S)#(\w+)")

_TAG = pattern(r"(?<!\S)#(\w(?:[\w-]*\w)?)")

_TAGS_MOST = 12
"""Hashtags that are kept: a post with more of them says nothing with them."""

_TAGS_AT_END = pattern(r"(?:(?:^|[\s,;]+)#[\w-]+)+$")

_SENTENCE = pattern(r".+?[.!?](?=\s|$)")

_PREFIX = pattern(r"([A-Za-z][A-Za-z ]{1,20}):(?:\s|$)")

_LEADS_ON = frozenset("a an the in at on of for to by from with about and or near using via".split())
"""Words that can't end a title."""

_CUES = (
    r"(?:until|till|(?:apply |due )?by|deadline(?: for \w+(?: \w+)?)?(?: is|:)?"
    r"|(?:applications? )?(?:close[sd]?|due)(?: at \d[\d:.]*(?: ?[ap]m)?)?(?: on|:)?"
    r"|closing(?: date| day)?(?: is| on|:)?|no later than|before"
    r"|last day(?: (?:to|for) \w+)?(?: is|:)?"
    r"|(?:bewerbungs|einsende|anmelde|melde)(?:schluss|frist)(?: ist| am|:)*|bis(?: zum| einschließlich)?"
    r"|jusqu['’]au|avant le|date limite(?: de \w+)?\s?:?)"
)
"""What stands before the last day of something, in English, German and French."""

_UNTIL = pattern(rf"\b{_CUES}\s+", re.IGNORECASE)

_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
    r"|mär|mai|okt|dez|fév|fev|avr|juin|juil|aoû|aou|déc)[^\W\d_]*\.?"
)

_MONTHS = {
    **dict.fromkeys(("januar", "jänner", "janvier"), "January"),
    **dict.fromkeys(("februar", "février", "fevrier"), "February"),
    **dict.fromkeys(("märz", "mars"), "March"),
    **dict.fromkeys(("avril",), "April"),
    **dict.fromkeys(("mai",), "May"),
    **dict.fromkeys(("juni", "juin"), "June"),
    **dict.fromkeys(("juli", "juillet"), "July"),
    **dict.fromkeys(("août", "aout"), "August"),
    **dict.fromkeys(("septembre",), "September"),
    **dict.fromkeys(("oktober", "octobre", "okt"), "October"),
    **dict.fromkeys(("novembre",), "November"),
    **dict.fromkeys(("dezember", "décembre", "decembre", "dez", "déc"), "December"),
}
"""German and French months as `read_day` knows them."""

_DATE = pattern(
    rf"\b\d{{4}}-\d\d-\d\d\b|\b\d{{1,2}}\.?\s+{_MONTH}(?!\w)|\b{_MONTH}\s+\d{{1,2}}\b", re.IGNORECASE
)

_DAY_AT_END = pattern(
    rf"(?:^|[\s,;(|·–-]+){_CUES}\s+(?:(?:mon|tues?|wed|thu|fri|sat|sun)[a-z]*,?\s*)?"
    rf"(?:\d{{4}}-\d\d-\d\d|\d{{1,2}}\.\d{{1,2}}\.(?:\d{{4}})?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\.?\s+{_MONTH}(?:,?\s+\d{{4}})?|{_MONTH}\s+\d{{1,2}}(?:,?\s+\d{{4}})?)[.)\s]*$",
    re.IGNORECASE,
)

_KIND_WORDS = {
    **dict.fromkeys(("job", "opening", "position", "role", "vacancy", "hiring", "gig"), "opening"),
    **dict.fromkeys(("article", "paper", "read", "post", "blog", "link", "book", "podcast"), "article"),
    **dict.fromkeys(("event", "meetup", "conference", "talk", "concert", "workshop", "exhibition"), "event"),
    **dict.fromkeys(("festival", "hackathon", "seminar", "webinar", "lecture", "screening"), "event"),
    **dict.fromkeys(("congratulation", "congratulations", "congrats", "good news", "news"), "congratulation"),
    **dict.fromkeys(("delight", "cartoon", "joke", "song", "video", "fun", "pun", "comic"), "delight"),
}
"""What may stand before a colon, and the kind it says."""

_NAMES = {
    "opening": "job",
    "article": "article",
    "event": "event",
    "congratulation": "good news",
    "delight": "delight",
}
"""What stands before the colon when a spark is written down again."""

_WORDINGS = {
    "opening": "Tell {name} of the opening: {title}",
    "article": "Send {name} the article: {title}",
    "event": "Tell {name} of the event: {title}",
    "congratulation": "Congratulate {name}: {title}",
    "delight": "Make {name} smile: {title}",
}

_POSTINGS = {
    "opening": "Post the opening in {name}: {title}",
    "article": "Post the article in {name}: {title}",
    "event": "Post the event in {name}: {title}",
    "congratulation": "Post the good news in {name}: {title}",
    "delight": "Post something to smile at in {name}: {title}",
}

_SIGNS = tuple(
    (kind, pattern(signs, re.IGNORECASE))
    for kind, signs in (
        ("delight", r"\b(?:cartoons?|jokes?|comic strip|puns?|funny|video of)\b"),
        (
            "congratulation",
            r"\b(?:congratulations?|has won|wins|awarded|was awarded|prize for|is born|graduates)\b",
        ),
        (
            "opening",
            r"\b(?:jobs?|hiring|vacanc(?:y|ies)|we seek|(?:is|are) (?:looking|seeking) for|looks for"
            r"|apply|postdoc|position|salary|your (?:role|tasks)|full[- ]time|part[- ]time|\(m/f/[xd]\))",
        ),
        (
            "event",
            r"\b(?:conference|meet-?up|workshop|festival|exhibition|concert|tickets?|doors|hackathon|seminar"
            r"|webinar|symposium|join us|call for (?:talks|papers))\b",
        ),
    )
)
"""What the words of each kind are known by, the surest first."""
