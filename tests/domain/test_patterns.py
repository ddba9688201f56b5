"""Regular expressions are compiled when they are first looked for."""

import re

import pytest

from netcrm.domain.patterns import pattern


class TestPattern:
    """What is made late is what `re.compile` makes."""

    def test_it_finds_what_the_other_finds(self) -> None:
        """Every way of looking answers the same, the first time and afterwards."""
        late, early = pattern(r"(?P<word>[a-z]+)\d*", re.IGNORECASE), re.compile(r"(?P<word>[a-z]+)\d*", re.I)
        for text in ("Ab1 cd", "12", ""):
            assert late.findall(text) == early.findall(text)
            assert late.sub("-", text) == early.sub("-", text)
            assert late.split(text) == early.split(text)
            for found, expected in (
                (late.match(text), early.match(text)),
                (late.search(text), early.search(text)),
                (late.fullmatch(text), early.fullmatch(text)),
            ):
                assert (found and found["word"]) == (expected and expected["word"])
            assert [one.span() for one in late.finditer(text)] == [one.span() for one in early.finditer(text)]
        assert (late.pattern, late.flags, late.groupindex) == (early.pattern, early.flags, early.groupindex)

    def test_compiled_once_and_not_before(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Nothing is compiled until one looks, nor to read its text, and then only once."""
        compiled: list[str] = []

        def compile_it(text: str, flags: int) -> re.Pattern[str]:
            compiled.append(text)
            return _compile(text, flags)

        _compile = re.compile
        monkeypatch.setattr(re, "compile", compile_it)
        late = pattern("a+")
        assert late.pattern == "a+"
        assert compiled == []
        assert late.search("baa")
        assert late.match("a")
        assert compiled == ["a+"]
