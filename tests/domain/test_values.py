"""Frozen data classes are the standard library's, but for what they cost at import."""

import copy
import dataclasses
import pickle
from dataclasses import field, fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netcrm.domain import values
from netcrm.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class Ours:
    """A value of this kind."""

    name: str
    tags: tuple[str, ...] = ()
    more: dict[str, int] = field(default_factory=dict, compare=False)


@dataclasses.dataclass(frozen=True, slots=True)
class Theirs:
    """The same of the standard library's."""

    name: str
    tags: tuple[str, ...] = ()
    more: dict[str, int] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Fields by their names only, and one that is held to something."""

    least: int = 0
    most: int

    def __post_init__(self) -> None:
        """Hold them to be in order."""
        if self.least > self.most:
            raise ValueError("least is above most")

    def __repr__(self) -> str:
        return f"{self.least} to {self.most}"


some = st.tuples(st.text(), st.lists(st.text(max_size=3), max_size=2).map(tuple))


class TestTheSame:
    """What the two make is the same."""

    @given(some, some)
    def test_equal_and_hashed(
        self, one: tuple[str, tuple[str, ...]], other: tuple[str, tuple[str, ...]]
    ) -> None:
        """Two are equal, and have one hash, exactly where the standard library's would be and have."""
        assert (Ours(*one) == Ours(*other)) == (Theirs(*one) == Theirs(*other))
        assert hash(Ours(*one)) == hash(Ours(*one))
        assert len({Ours(*one), Ours(*other)}) == len({Theirs(*one), Theirs(*other)})

    @given(some)
    def test_shown(self, one: tuple[str, tuple[str, ...]]) -> None:
        """They are shown alike."""
        assert repr(Ours(*one, {"a": 1})) == repr(Theirs(*one, {"a": 1})).replace("Theirs", "Ours")

    def test_others_are_not_equal(self) -> None:
        """A value of another class is another, whatever it holds, and so is a tuple."""
        others: list[object] = [Theirs("a"), ("a", ())]
        assert Ours("a") not in others

    def test_its_own_default(self) -> None:
        """What is made anew for each is not shared."""
        Ours("a").more["x"] = 1
        assert Ours("a").more == {}

    def test_replaced_copied_and_packed(self) -> None:
        """The tools of the standard library take them as their own."""
        one = Ours("a", more={"x": 1})
        assert replace(one, name="b") == Ours("b")
        assert [each.name for each in fields(one)] == ["name", "tags", "more"]
        for made in (copy.deepcopy(one), pickle.loads(pickle.dumps(one))):
            assert made == one
            assert made.more == {"x": 1}

    def test_matched(self) -> None:
        """A pattern takes them apart by place."""
        match Ours("a", ("b",)):
            case Ours(name, tags):
                assert (name, tags) == ("a", ("b",))


class TestFrozen:
    """What was made stays as it was made."""

    def test_never_changed(self) -> None:
        """Nothing can be set, added or taken away, whether one was made before or not."""
        one = Ours("a")
        for name in ("name", "else"):
            with pytest.raises(dataclasses.FrozenInstanceError):
                setattr(one, name, "b")
        with pytest.raises(dataclasses.FrozenInstanceError):
            del one.name
        assert one == Ours("a")

    def test_no_room_for_more(self) -> None:
        """They have slots, and no dictionary."""
        assert not hasattr(Ours("a"), "__dict__")


class TestWritten:
    """What a class says of itself holds."""

    def test_by_name_only(self) -> None:
        """Named fields may come in any order, also those with a default before those without."""
        assert Named(most=3).most == 3
        with pytest.raises(TypeError):
            Named(1, 2)  # type: ignore[call-arg]  # that is what is tested

    def test_what_a_class_writes_itself_stays(self) -> None:
        """Its own methods are not overwritten, and what holds its fields to something is asked."""
        assert repr(Named(most=3)) == "0 to 3"
        with pytest.raises(ValueError, match="above"):
            Named(least=2, most=1)

    def test_what_is_wrongly_given_is_refused(self) -> None:
        """The first is held to its arguments as any other; the class can be used afterwards."""

        @dataclass(frozen=True, slots=True)
        class Fresh:
            name: str

        with pytest.raises(TypeError, match="nmae"):
            Fresh(nmae="a")  # type: ignore[call-arg]  # that is what is tested
        assert Fresh("a").name == "a"


class TestCheap:
    """What is not made costs nothing."""

    def test_nothing_is_compiled_before_one_is_made(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Making the class runs no compiler at all; making the first value runs it once."""
        compiled: list[str] = []

        def compile_it(text: str, names: dict[str, object]) -> None:
            compiled.append(text)
            exec(text, names)

        for module in (dataclasses, values):
            monkeypatch.setattr(module, "exec", compile_it, raising=False)

        @dataclass(frozen=True, slots=True)
        class Fresh:
            name: str

        assert compiled == []
        assert [Fresh("a").name, Fresh("b").name] == ["a", "b"]
        assert len(compiled) == 1
