"""Data classes that cost nothing until one of them is made.

The standard library's `dataclass` compiles six methods of a frozen class while its module is imported, which
takes half a millisecond; a command imports fifty such classes, and makes a dozen of them. This one compiles
``__init__`` alone, and when the first is made: what is made is the same, and made sooner.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, FrozenInstanceError, fields
from dataclasses import dataclass as _dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

__all__ = ["dataclass"]

Made = TypeVar("Made", bound=type)

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(
        written: Made | None = None, /, *, frozen: bool = False, slots: bool = False, kw_only: bool = False
    ) -> Made | Callable[[Made], Made]:
        """As `dataclasses.dataclass`, of which it is told apart by the clock alone.

        Args:
            written: The class, where the decorator stands without its brackets.
            frozen: Whether what is made can't be changed, and has a hash.
            slots: Whether it has slots. Frozen without them is left to the standard library.
            kw_only: Whether its fields are given by their names only.
        """
        if not (frozen and slots):
            return _dataclass(written, frozen=frozen, slots=slots, kw_only=kw_only)

        def make(written: Made) -> Made:
            made = _dataclass(init=False, repr=False, eq=False, slots=True, kw_only=kw_only)(written)
            for name, method in _methods(made).items():
                method.__qualname__ = f"{made.__qualname__}.{name}"
                setattr(made, name, method)
            return made

        return make if written is None else make(written)


def _methods(made: Any) -> Mapping[str, Callable[..., Any]]:
    """The methods of a frozen class.

    Args:
        made: The class, with its fields and slots.
    """
    shown = [field.name for field in fields(made) if field.repr]
    compared = [field.name for field in fields(made) if field.compare]
    key: Callable[[Any], Any] = attrgetter(*compared) if compared else lambda self: ()

    def __init__(self: Any, *args: Any, **named: Any) -> None:
        made.__init__ = _init_of(made)
        made.__init__(self, *args, **named)

    def __repr__(self: Any) -> str:
        said = ", ".join(f"{name}={getattr(self, name)!r}" for name in shown)
        return f"{type(self).__qualname__}({said})"

    def __eq__(self: Any, other: object) -> bool:
        return key(self) == key(other) if other.__class__ is self.__class__ else NotImplemented

    def __hash__(self: Any) -> int:
        return hash(key(self))

    def __setattr__(self: Any, name: str, value: object) -> None:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self: Any, name: str) -> None:
        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def __setstate__(self: Any, state: tuple[None, Mapping[str, object]]) -> None:
        for name, value in state[1].items():
            object.__setattr__(self, name, value)

    methods = (__init__, __repr__, __eq__, __hash__, __setattr__, __delattr__, __setstate__)
    return {method.__name__: method for method in methods if method.__name__ not in _written(made)}


def _written(made: Any) -> set[str]:
    """The methods that a class has written itself."""
    return {name for name, method in vars(made).items() if callable(method)}


def _init_of(made: Any) -> Callable[..., None]:
    """A class's ``__init__``, compiled: its fields as arguments, each set in its slot."""
    names: dict[str, Any] = {"_missing": MISSING}
    taken, named, body = ["self"], list[str](), list[str]()
    for field in fields(made):
        _take(field, named if field.kw_only else taken, body, names)
        names[f"_set_{field.name}"] = getattr(made, field.name).__set__
    if hasattr(made, "__post_init__"):
        body.append("self.__post_init__()")
    arguments = ", ".join([*taken, *(["*", *named] if named else [])])
    exec(f"def __init__({arguments}):\n " + "\n ".join(body or ["pass"]), names)
    made_of: Callable[..., None] = names["__init__"]
    made_of.__qualname__ = f"{made.__qualname__}.__init__"
    return made_of


def _take(field: "Field[Any]", arguments: list[str], body: list[str], names: dict[str, Any]) -> None:
    """Write the argument of a field, and the line that sets its slot."""
    name, value = field.name, field.name
    if field.default_factory is not MISSING:
        names[f"_made_{name}"] = field.default_factory
        value = f"_made_{name}() if {name} is _missing else {name}"
        arguments.append(f"{name}=_missing")
    elif field.default is not MISSING:
        names[f"_usual_{name}"] = field.default
        arguments.append(f"{name}=_usual_{name}")
    else:
        arguments.append(name)
    body.append(f"_set_{name}(self, {value})")
