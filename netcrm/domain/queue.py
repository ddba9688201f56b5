"""The queue as a list shows it: which give stands where, without the gives themselves."""

from array import array
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import accumulate, pairwise

from netcrm.domain.gives import SECTIONS, Give
from netcrm.domain.values import dataclass

Read = Callable[[Sequence[int]], Mapping[int, Give]]
"""Reads some gives by their ids; what is gone is not among them."""


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits, in its order: ids only, since of a queue of thousands a screen shows a dozen.

    Attributes:
        ids: The gives, in the order of `netcrm.domain.gives.in_order`.
        counts: How many of them stand under each of `netcrm.domain.gives.SECTIONS`.
        planned: The room that those before Later take, in efforts (`netcrm.domain.gives.EFFORTS`).
    """

    ids: "array[int]"
    counts: tuple[int, ...] = (0,) * len(SECTIONS)
    planned: int = 0

    def __len__(self) -> int:
        """How many there are."""
        return len(self.ids)

    @property
    def due(self) -> int:
        """How many are to be given today, or were before."""
        return sum(self.counts[:2])

    @property
    def before_later(self) -> "array[int]":
        """Those that do not stand under Later."""
        return self.ids[: sum(self.counts[:-1])]

    def only(self, those: Collection[int]) -> "Queue":
        """Those among these, each where it stands, and none of the room."""
        shown = [[give_id for give_id in part if give_id in those] for part in self._parts()]
        ids = array("Q", (give_id for part in shown for give_id in part))
        return Queue(ids, tuple(map(len, shown)), self.planned)

    def _parts(self) -> Sequence["array[int]"]:
        ends = [0, *accumulate(self.counts)]
        return [self.ids[begin:end] for begin, end in pairwise(ends)]
