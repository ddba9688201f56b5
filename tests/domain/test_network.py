"""The near network: a tree of two steps, and how one came to know somebody."""

from collections.abc import Mapping, Sequence

from hypothesis import given
from hypothesis import strategies as st

from netcrm.domain.network import CHILDREN_MOST, Link, Network, say_chain, tree
from netcrm.domain.people import Named


def around(links: Mapping[int, Sequence[int]], centre: int = 1) -> Network:
    """A network of people who are called by their numbers."""
    everyone = {centre, *links, *(to for near in links.values() for to in near)}
    return Network(
        centre=centre,
        links={key: [Link(to, f"of {key}") for to in near] for key, near in links.items()},
        names={key: str(key) for key in everyone},
    )


def drawn(network: Network) -> Sequence[str]:
    """The tree as it is drawn."""
    return [f"{branch.drawn}{branch.name}" for branch in tree(network)]


class TestTree:
    """How it is drawn."""

    def test_two_steps(self) -> None:
        """Each under the one nearest to the middle; what is farther is left out."""
        assert drawn(around({1: [2, 3, -4], 2: [5, 6], 3: [7], 7: [8]})) == [
            "1",
            "├─ 2",
            "│  ├─ 5",
            "│  └─ 6",
            "├─ 3",
            "│  └─ 7",
            "└─ -4",
        ]

    def test_circles(self) -> None:
        """Everyone stands there once, as near as they are."""
        assert drawn(around({1: [2, 1], 2: [1, 3, 2], 3: [1, 2]})) == ["1", "└─ 2", "   └─ 3"]
        assert drawn(around({1: [2, 3], 2: [3], 3: [2]})) == ["1", "├─ 2", "└─ 3"]

    def test_two_reasons_are_one_line(self) -> None:
        """Said together, each once; a relation among them can be taken out."""
        links = {1: [Link(2, "introduced you"), Link(2, "friend", 7), Link(2, "friend", 8)]}
        (_, branch) = tree(Network(centre=1, links=links, names={1: "A", 2: "B"}))
        assert (branch.how, branch.row_id) == ("introduced you · friend", 7)

    def test_many(self) -> None:
        """The middle shows all, the others some, and how many more there are."""
        branches = tree(around({1: list(range(2, 40)), 2: list(range(100, 130))}))
        assert sum(branch.depth == 1 for branch in branches) == 38
        assert sum(branch.depth == 2 for branch in branches) == CHILDREN_MOST
        assert branches[1].more == 30 - CHILDREN_MOST

    def test_nobody_around(self) -> None:
        """Only the middle."""
        assert drawn(around({})) == ["1"]

    @given(st.dictionaries(st.integers(1, 9), st.lists(st.integers(1, 9), max_size=9)))
    def test_whatever_leads_to_whom(self, links: dict[int, list[int]]) -> None:
        """Each once, under somebody who leads to them, no farther than two steps."""
        branches = tree(around(links))
        keys = [branch.key for branch in branches]
        assert len(keys) == len(set(keys))
        above: dict[int, int] = {}
        for branch in branches:
            above[branch.depth] = branch.key
            assert branch.depth <= 2
            if branch.depth:
                assert branch.key in links[above[branch.depth - 1]]
        assert set(links.get(1, ())) <= set(keys)


class TestChain:
    """How one came to know them."""

    def test_in_words(self) -> None:
        """From you to them."""
        assert say_chain(around({})) == "you ← 1"
        came = (Named(2, "Bela"), Named(3, "Don Orlando"))
        chain = Network(centre=1, names={1: "Christina"}, came=came)
        assert say_chain(chain) == "you ← Don Orlando ← Bela ← Christina"
