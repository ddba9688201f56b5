"""Whom, or which group, a name on the command line means; never a guess."""

from collections.abc import Iterator, Sequence

from netcrm.cli.ending import NotDone
from netcrm.domain.groups import Group, meant
from netcrm.domain.people import PersonLine
from netcrm.domain.query import Query
from netcrm.domain.text import all_begin, fold, words
from netcrm.store import Store

PAGE = 500
"""People read at a time."""

_CHOICES_MOST = 12
"""People listed to choose from: more are no choice, but a reason to say more of the name."""


def the_one(store: Store, said: str, *, all_alike: bool = False) -> int:
    """The id of the person who is meant by a name, a nickname, a part of one, an address, or an id.

    What is only noted of people means nobody: a word of a note must not send something to the wrong one.

    Args:
        store: The open file.
        said: What was said.
        all_alike: Whether the archived are meant as much as the others, for what can't be taken back.

    Raises:
        NotDone: It could be several people, or nobody; the text lists whom there is to choose from.
    """
    if said.isascii() and said.isdigit() and len(said) < 19 and store.people.name(int(said)):
        return int(said)
    found = (
        [named.id for named in store.people.named(fold(said), all_alike=all_alike)]
        or _reached(store, said)
        or store.people.like(said)
    )
    if len(found) == 1:
        return found[0]
    if found:
        raise NotDone(
            f"“{said}” could be several people; say more of the name, or the id:\n{choices(store, found)}"
        )
    near = [named.id for named in store.people.near(said)]
    if near:
        raise NotDone(f"Nobody is called “{said}”. You may mean:\n{choices(store, near)}")
    raise NotDone(f"Nobody is called “{said}”.")


def the_group(store: Store, said: str) -> Group:
    """The group that is meant by a name, a part of one, or an id; one put away only if no other is meant.

    Raises:
        NotDone: It could be several groups, or none; the text lists which there are to choose from.
    """
    groups, away = store.groups.all(), store.groups.all(archived=True)
    if said.isascii() and said.isdigit():
        by_id = [group for group in (*groups, *away) if str(group.id) == said]
        if by_id:
            return by_id[0]
    found = meant(groups, said) or meant(away, said)
    if len(found) == 1:
        return found[0]
    listed = "\n".join(f"  {group.id:>5}  {group.name}" for group in (found or groups)[:_CHOICES_MOST])
    if found:
        raise NotDone(f"“{said}” could be several groups; say more of the name, or the id:\n{listed}")
    if not listed:
        raise NotDone(f"No group is called “{said}”, and there is none yet: netcrm group found founds one.")
    raise NotDone(f"No group is called “{said}”; there are:\n{listed}")


def the_member(store: Store, group: Group, said: str) -> int:
    """The id of the member of a group who is meant; of several of one name the one who belongs to it.

    Raises:
        NotDone: It could be several people, or nobody, or somebody who is no member.
    """
    members = {member.id: member.name for member in group.members}
    wanted = words(said)
    found = [key for key, name in members.items() if wanted and all_begin(wanted, words(name))]
    key = found[0] if len(found) == 1 else the_one(store, said)
    if key not in members:
        raise NotDone(f"{store.people.name(key)} does not belong to {group.name}. Nothing was changed.")
    return key


def the_taker(store: Store, said: str) -> tuple[int | None, int | None]:
    """The id of the person, else of the group, that is meant; a person's whole name goes before a group's.

    Raises:
        NotDone: It could be several people, or nobody and no group.
    """
    if not store.people.named(fold(said)):
        found = [group for group in store.groups.all() if fold(group.name) == fold(said)]
        if len(found) == 1:
            return None, found[0].id
    return the_one(store, said), None


def at_the_beginning(store: Store, said: Sequence[str]) -> tuple[int, str]:
    """The id of the one whom the longest beginning of some words names, and the words after it.

    So a name need not be quoted: ``Grace Hopper a boat``. Words that are no name begin after the first.

    Raises:
        NotDone: It could be several people, or nobody.
    """
    spoken = list(said)
    for count in range(min(_NAME_MOST, len(spoken)), 1, -1):
        found = store.people.named(fold(" ".join(spoken[:count])))
        if len(found) == 1:
            return found[0].id, " ".join(spoken[count:])
    return the_one(store, spoken[0]), " ".join(spoken[1:])


_NAME_MOST = 5
"""Words of a name that need not be quoted, at most."""


def choices(store: Store, ids: Sequence[int]) -> str:
    """People to choose from, a line each: id, name, what they do."""
    lines = [f"  {line.id:>5}  {_about(line)}" for line in lines_of(store, ids[:_CHOICES_MOST])]
    more = len(ids) - len(lines)
    return "\n".join([*lines, *([f"  and {more} more"] if more > 0 else [])])


def lines_of(store: Store, ids: Sequence[int]) -> Iterator[PersonLine]:
    """What a list shows of people, in the order of their ids."""
    for start in range(0, len(ids), PAGE):
        page = ids[start : start + PAGE]
        lines = store.people.lines(page)
        yield from (lines[key] for key in page if key in lines)


def _reached(store: Store, said: str) -> list[int]:
    """Those who are reached by just what was said, such as an address; the archived only if nobody else."""
    wanted = tuple(words(said))
    if not wanted or all(sign.isalpha() or sign.isspace() for sign in said):
        return []
    for archived in (False, True):
        people = map(
            store.people.get, store.search.people(Query(words=wanted, archived=archived), _READ_MOST)
        )
        found = [
            person.id
            for person in filter(None, people)
            if any(point.value.casefold() == said.casefold() for point in person.profile.points)
        ]
        if found:
            return found
    return []


_READ_MOST = 100
"""People who are read to see whether an address is theirs."""


def _about(line: PersonLine) -> str:
    return f"{line.name}  ({line.headline})" if line.headline else line.name
