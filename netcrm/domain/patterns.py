"""Regular expressions that are compiled when they are first looked for.

Reading what people write takes more than a hundred of them. To compile them all takes longer than to read a
line, which needs half of them.
"""

import re
from typing import TYPE_CHECKING, Any

__all__ = ["pattern"]

if TYPE_CHECKING:
    from re import compile as pattern
else:

    class _Pattern:
        """What `re.compile` returns, once it is asked for anything but its text.

        Args:
            text: The expression.
            flags: As `re` has them.
        """

        def __init__(self, text: str, flags: int) -> None:
            self.pattern = text
            self._flags = flags

        def __getattr__(self, name: str) -> Any:
            """Compile it; from then on its methods are found in its own dictionary."""
            compiled = re.compile(self.pattern, self._flags)
            for method in ("match", "fullmatch", "search", "finditer", "findall", "split", "sub", "subn"):
                setattr(self, method, getattr(compiled, method))
            return getattr(compiled, name)

    def pattern(text: str, flags: int = 0) -> _Pattern:
        """As `re.compile`, but later."""
        return _Pattern(text, flags)
