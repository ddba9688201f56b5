"""The near network of a person: two steps of it as a tree, and how one came to know them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field

from netcrm.domain.people import Named
from netcrm.domain.values import dataclass

STEPS = 2
"""How far the tree goes: the people of one's people are the ones one may hear of."""

CHILDREN_MOST = 12
"""People who are shown under one who is not the centre; the others are counted."""


@dataclass(frozen=True, slots=True)
class Link:
    """What leads from one to another.

    Attributes:
        to: The other's key: the id of a person in the book; below 0, of someone who is not.
        how: What the other is to the one, in words: ``partner``, ``introduced you``.
        row_id: The relation that says so; 0 where it is none.
    """

    to: int
    how: str
    row_id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """What is known around a person.

    Attributes:
        centre: Whom it is about.
        links: From each key what leads to others, the nearest to the heart first.
        names: What everyone is called, by key.
        came: Who introduced you to the centre, who to them, and so on to someone you met yourself.
        met: How you met the last of these, or the centre itself; may be empty.
    """

    centre: int
    links: Mapping[int, Sequence[Link]] = field(default_factory=dict)
    names: Mapping[int, str] = field(default_factory=dict)
    came: Sequence[Named] = ()
    met: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A line of the tree.

    Attributes:
        key: Who it is, as `Link.to` has it.
        name: What they are called.
        how: What they are to the one above them; empty for the centre.
        drawn: The lines that lead to them: ``│  └─ ``.
        depth: How many steps from the centre.
        row_id: The relation that can be taken out; 0 where there is none.
        more: How many of theirs are not shown.
    """

    key: int
    name: str
    how: str = ""
    drawn: str = ""
    depth: int = 0
    row_id: int = 0
    more: int = 0


def tree(network: Network, steps: int = STEPS) -> Sequence[Branch]:
    """The network as a tree, each person once and as near to the centre as they are.

    Args:
        network: What is known; circles in it do no harm.
        steps: How far to go.
    """
    placed = {network.centre}
    level = [network.centre]
    under: dict[int, list[Link]] = {}
    hidden: dict[int, int] = {}
    for _ in range(steps):
        below: list[int] = []
        for key in level:
            new = [link for link in _joined(network.links.get(key, ())) if link.to not in placed]
            shown = new if key == network.centre else new[:CHILDREN_MOST]
            hidden[key] = len(new) - len(shown)
            under[key] = shown
            placed.update(link.to for link in shown)
            below += [link.to for link in shown]
        level = below
    branches = [_branch(network, Link(network.centre, ""), "", 0, 0)]

    def grow(key: int, before: str, depth: int) -> None:
        links = under.get(key, ())
        for place, link in enumerate(links):
            last = place == len(links) - 1
            drawn = f"{before}{'└─ ' if last else '├─ '}"
            branches.append(_branch(network, link, drawn, depth, hidden.get(link.to, 0)))
            grow(link.to, f"{before}{'   ' if last else '│  '}", depth + 1)

    grow(network.centre, "", 1)
    return branches


def _branch(network: Network, link: Link, drawn: str, depth: int, more: int) -> Branch:
    return Branch(
        key=link.to,
        name=network.names.get(link.to, ""),
        how=link.how,
        drawn=drawn,
        depth=depth,
        row_id=link.row_id,
        more=more,
    )


def _joined(links: Iterable[Link]) -> Sequence[Link]:
    """The links to each other person as one, in the order in which they first come."""
    found: dict[int, Link] = {}
    for link in links:
        before = found.get(link.to)
        if before is None:
            found[link.to] = link
        elif link.how not in before.how.split(" · "):
            found[link.to] = Link(link.to, f"{before.how} · {link.how}", before.row_id or link.row_id)
    return list(found.values())


def say_chain(network: Network) -> str:
    """How one came to know somebody, in words: ``you ← Don Orlando ← Christina Vale``."""
    names = [*(person.name for person in reversed(network.came)), network.names.get(network.centre, "")]
    return " ← ".join(["you", *names])
