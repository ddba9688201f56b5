"""``netcrm spark``: something worth passing on, and whom it would interest."""

import re
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from netcrm.cli import records
from netcrm.cli.asking import command, json_option, text
from netcrm.cli.book import chosen, opened
from netcrm.cli.clock import today
from netcrm.cli.ending import NotDone
from netcrm.cli.output import (
    columns,
    dim,
    fitted,
    on_terminal,
    say,
    say_json,
    say_rows,
    strong,
    styled,
    width,
)
from netcrm.domain.gives import GiveDraft, say_day
from netcrm.domain.sparks import SPARK_KINDS, Spark, SparkDraft, expired
from netcrm.domain.sparktext import fill_in, posting, read_spark, wording
from netcrm.domain.text import plain
from netcrm.domain.values import dataclass

if TYPE_CHECKING:
    from netcrm.domain.interest import Because
    from netcrm.domain.matching import Match
    from netcrm.domain.matching_groups import GroupMatch
    from netcrm.store import Store

_PEOPLE = 10
"""People printed unless one asks for more: more are no choice."""

_BYTES_MOST = 200_000
"""Bytes that are read of a file: a long page; what a thing is about is said long before."""


@dataclass(frozen=True, slots=True)
class _Found:
    """Someone a spark would interest.

    Attributes:
        blocks: How many of five blocks the fit fills, against the best.
    """

    match: "Match"
    blocks: int
    why: "Because"


@dataclass(frozen=True, slots=True)
class _Passed:
    """What became of a spark.

    Attributes:
        groups: The groups in which it would be welcome.
        spark_id: Its id; 0 where nothing was kept.
        gives: What was queued, or would be.
        label: What was done, in words; empty where nothing was.
        give_ids: The numbers of the gives that were queued, in their order.
    """

    draft: SparkDraft
    found: Sequence[_Found]
    spark_id: int
    gives: Sequence[GiveDraft]
    label: str
    give_ids: Sequence[int] = ()
    groups: Sequence["GroupMatch"] = ()


@command(
    "spark",
    'netcrm spark "job: SRE lead at Acme, Berlin #kubernetes https://acme.example/7 until 4 Dec"',
    'netcrm spark --to "Grace Lindqvist" --to Hank opening.txt',
    "wl-paste | netcrm spark --dry-run -",
    "netcrm spark --json | jq '.sparks[].title'",
)
@click.argument("said", nargs=-1, type=text, metavar="[TEXT|FILE|-]")
@click.option("--kind", type=click.Choice(SPARK_KINDS), help="What it is; else its words say so.")
@click.option(
    "--to",
    multiple=True,
    type=text,
    metavar="NAME",
    help="Queue a give for this person, by name or id, or for this group, by name. Can be repeated.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    metavar="N",
    help=f"The most people to print; {_PEOPLE} unless you say, with --json all that are found.",
)
@click.option("--dry-run", is_flag=True, help="Say whom it would interest, and keep nothing.")
@click.option("--synonyms", is_flag=True, help="Print where your own list of synonyms is, made if missing.")
@json_option
def spark_command(
    said: tuple[str, ...],
    kind: str | None,
    to: tuple[str, ...],
    limit: int | None,
    dry_run: bool,
    synonyms: bool,
    as_json: bool,
) -> None:
    """Keep something worth passing on, and see whom it would interest.

    It is a line of text, the path of a file with it, or - for the standard input; without it, what was kept
    is listed. A word before a colon says its kind (job:, article:, event:, good news:, cartoon:). People are
    ranked by what they want, their tags, title, notes and timeline, each with the words that matched.
    Nobody is suggested who had it before. On a terminal, and with --json, the groups in which it would be
    welcome follow.

    Piped, the columns are: name, blocks of fit (1 to 5), because, the person's id. Of what was kept: title,
    kind, until (ISO), how many people it went to, id.
    """
    if synonyms:
        say([str(_own_synonyms())])
        return
    day = today()
    if not said:
        if to:
            raise click.UsageError(
                "Say what is to be passed on: a text, a file, or - for the standard input."
            )
        with opened() as store:
            _list(store, day, as_json=as_json)
        return
    draft = read_spark(_text(said), day, kind or "")
    if not draft.title:
        raise NotDone("There is nothing in it to pass on.")
    with opened() as store:
        passed = _pass_on(store, draft, to, day, limit=_limit(limit, as_json), dry_run=dry_run)
    if as_json:
        say_json(_record(passed, dry_run=dry_run))
    elif on_terminal():
        say(_lines(passed, day))
    else:
        say_rows(_rows(passed))


def _limit(limit: int | None, as_json: bool) -> int:
    from netcrm.store.matching import PEOPLE_MOST

    return limit or (PEOPLE_MOST if as_json else _PEOPLE)


def _pass_on(
    store: "Store", draft: SparkDraft, to: Sequence[str], day: date, *, limit: int, dry_run: bool
) -> _Passed:
    """Rank people, keep the spark, and queue what was asked for."""
    from netcrm.cli.whom import the_taker
    from netcrm.domain.interest import because, blocks
    from netcrm.domain.people import called_by

    same = store.sparks.same(draft)
    spark_id = same.id if same else 0
    matches = store.sparks.rank(draft, day, spark_id=spark_id, limit=limit)
    groups = store.sparks.rank_groups(draft, day, spark_id=spark_id)
    lines = store.people.lines([match.person.id for match in matches])
    best = matches[0].fit if matches else 1.0
    found = [
        _Found(
            match,
            blocks(match.fit, best),
            because(match, draft.kind, day, lines[match.person.id].organisation),
        )
        for match in matches
    ]
    gives: list[GiveDraft] = []
    for person_id, group_id in dict.fromkeys(the_taker(store, name) for name in to):
        if person_id is None:
            gives.append(_posting(store, draft, group_id, groups))
            continue
        person = store.people.get(person_id)
        assert person is not None, "the_taker found them"
        name = called_by(person.profile.name, person.profile.given)
        why = next((_because(one) for one in found if one.match.person.id == person_id), "")
        gives.append(GiveDraft(person_id=person_id, words=fill_in(wording(draft), name), why=why))
    if dry_run or (same and not gives):
        label = "" if dry_run else f"kept already: “{draft.title}”"
        return _Passed(draft, found, spark_id, gives, label, groups=groups)
    label = ""
    if not spark_id:
        # In an act of its own: taking the gives back leaves what was kept.
        change = store.sparks.keep(draft)
        (spark_id,), label = change.sparks, change.label
    if not gives:
        return _Passed(draft, found, spark_id, gives, label, groups=groups)
    change = store.sparks.pass_on(draft, gives, day, spark_id=spark_id)
    # In the order in which they were queued: ids only ever grow.
    return _Passed(draft, found, spark_id, gives, change.label, sorted(change.gives), groups)


def _posting(
    store: "Store", draft: SparkDraft, group_id: int | None, groups: Sequence["GroupMatch"]
) -> GiveDraft:
    """The give that posts a spark in a group."""
    group = store.groups.get(group_id or 0)
    assert group is not None, "the_taker found it"
    why = next((_welcome(one) for one in groups if one.group.id == group.id), "")
    return GiveDraft(group_id=group.id, words=fill_in(posting(draft), group.name), why=why)


def _text(said: tuple[str, ...]) -> str:
    """The text itself: as it was written, or read from a file or the standard input.

    Raises:
        NotDone: A file can't be read.
    """
    if said == ("-",):
        return _decoded(sys.stdin.buffer.read(_BYTES_MOST))
    if len(said) == 1 and _is_file(said[0]):
        try:
            with Path(said[0]).open("rb") as file:
                return _decoded(file.read(_BYTES_MOST))
        except OSError as error:
            raise NotDone(f"{said[0]} can't be read: {str(error.strerror).lower()}.") from error
    if len(said) == 1 and _A_PATH.fullmatch(said[0]):
        raise NotDone(f"There is no file {said[0]}. Nothing was kept.")
    return " ".join(said)


_A_PATH = re.compile(r"(?:~|\.{1,2})?/\S*|[^\s:]+\.(?:txt|md|html?|eml|pdf)", re.IGNORECASE)
"""What is written like a path and nothing else: taken for a text, a file's misspelt name would be kept."""


def _is_file(said: str) -> bool:
    """Whether a text is the path of a file; most are none, and many could not be one."""
    try:
        return Path(said).is_file()
    except (OSError, ValueError):  # too long, or with a NUL in it
        return False


def _decoded(data: bytes) -> str:
    """Bytes as UTF-8, what is none replaced; control characters other than line ends and tabs left out."""
    said = data.decode("utf-8-sig", errors="replace")
    return "".join(c for c in said if c >= " " or c in "\n\t")


def _own_synonyms() -> Path:
    """Where the user's synonyms are; the file is made with an example where it is missing."""
    path = chosen().with_name("synonyms.txt")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(_SYNONYMS)
    except FileExistsError:
        pass
    return path


def _list(store: "Store", day: date, *, as_json: bool) -> None:
    """Print what was kept, newest first."""
    sparks, got = store.sparks.all(), store.sparks.got()
    if as_json:
        say_json({"sparks": [_kept(spark, got.get(spark.id, 0), day) for spark in sparks]})
    elif not on_terminal():
        say_rows(
            (spark.title, spark.kind, records.iso(spark.until), got.get(spark.id, 0), spark.id)
            for spark in sparks
        )
    elif not sparks:
        say(["Nothing is kept yet: netcrm spark TEXT keeps something worth passing on."])
    else:
        for spark in sparks:
            said = [spark.kind]
            if spark.until:
                over = "was of use until" if expired(spark, day) else "until"
                said.append(f"{over} {say_day(spark.until, day)}")
            if spark.id in got:
                said.append(f"{got[spark.id]} {'person' if got[spark.id] == 1 else 'people'} got it")
            say([f"{styled('✦', fg='magenta')} {strong(spark.title)}  {dim(' · '.join(said))}"])


def _lines(passed: _Passed, day: date) -> Iterator[str]:
    draft = passed.draft
    about = [draft.kind, draft.link]
    if draft.until:
        over = "was of use until" if expired(draft, day) else "until"
        about.append(f"{over} {say_day(draft.until, day)}")
    yield f"{strong(draft.title)}  {dim(' · '.join(filter(None, about)))}"
    yield ""
    cells = min(28, max((width(plain(one.match.person.name)) for one in passed.found), default=0))
    for one in passed.found:
        gauge = styled("▰" * one.blocks, fg="magenta") + dim("▱" * (5 - one.blocks))
        why = fitted(_because(one), columns() - cells - 11).rstrip()
        yield f"  {styled(fitted(one.match.person.name, cells))}  {gauge}  {dim(why)}"
    if not passed.found:
        yield "  Nobody comes to mind: say more of what it is about, or note what people want."
    if passed.groups:
        yield ""
        yield strong("Groups")
        cells = min(28, max(width(plain(match.group.name)) for match in passed.groups))
        for match in passed.groups:
            said = fitted(_welcome(match), columns() - cells - 6).rstrip()
            yield f"  {styled(fitted(match.group.name, cells))}  {dim(said)}"
    yield ""
    if not passed.label:
        yield dim("Nothing was kept: a dry run.")
        return
    yield f"{passed.label[:1].upper()}{plain(passed.label[1:])}."
    for give_id, give in zip(passed.give_ids, passed.gives, strict=True):
        yield f"  {strong(str(give_id))}  {plain(give.words)}"


def _rows(passed: _Passed) -> Iterator[Sequence[object]]:
    for one in passed.found:
        yield (one.match.person.name, one.blocks, _because(one), one.match.person.id)


def _because(one: _Found) -> str:
    from netcrm.domain.interest import say as said

    why = said(one.why, 60)
    return f"because {why}" if why else ""


def _welcome(one: "GroupMatch") -> str:
    from netcrm.domain.interest import say as said
    from netcrm.domain.matching_groups import because_of

    why = said(because_of(one), 60)
    return f"because {why}" if why else ""


def _record(passed: _Passed, *, dry_run: bool) -> records.Record:
    draft = passed.draft
    record: records.Record = {
        "spark": {
            "kind": draft.kind,
            "title": draft.title,
            "link": draft.link,
            "until": records.iso(draft.until),
        },
        "matches": [
            {
                "name": one.match.person.name,
                "id": one.match.person.id,
                "fit": round(one.match.fit, 4),
                "because": [{"word": reason.word, "where": reason.where} for reason in one.match.because],
                "works_there": one.match.works_there,
                "landed": one.match.landed,
            }
            for one in passed.found
        ],
        "groups": [
            {
                "name": one.group.name,
                "id": one.group.id,
                "fit": round(one.fit, 4),
                "because": [{"word": reason.word, "where": reason.where} for reason in one.because],
            }
            for one in passed.groups
        ],
    }
    if not dry_run:
        record |= {
            "saved": passed.label,
            "id": passed.spark_id,
            "queued": [
                {"id": give_id, "person": give.person_id, "group": give.group_id, "words": give.words}
                for give_id, give in zip(passed.give_ids, passed.gives, strict=True)
            ],
        }
    return record


def _kept(spark: Spark, got: int, day: date) -> records.Record:
    return {
        "id": spark.id,
        "uuid": spark.uuid,
        "kind": spark.kind,
        "title": spark.title,
        "link": spark.link,
        "text": spark.text,
        "until": records.iso(spark.until),
        "tags": list(spark.tags),
        "expired": expired(spark, day),
        "kept": records.iso(spark.created_on),
        "got": got,
    }


_SYNONYMS = """\
# Words that mean the same to you, and topics with what belongs to them; netcrm's own list is always there.
#
#   kubernetes = k8s                     words, or phrases of up to three, that mean the same
#   astronomy: telescope, night sky      a topic and what belongs to it
#
# They are read when netcrm starts.
"""
