"""``python -m tests.benchmarks.matching [FILE …] [--misses]`` prints how well sparks find the right people.

With ``--misses`` also each spark whose first is not a right one, with who came first and because of what. A
FILE is another network with its sparks, of the same form as those beside this module.
"""

import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.benchmarks.matching import NETWORKS, TOP, Placed, mean_reciprocal_rank, placed, within


def main(arguments: Sequence[str]) -> None:
    """Print the figures of each network."""
    files = [Path(one) for one in arguments if not one.startswith("--")] or NETWORKS
    for file in files:
        with tempfile.TemporaryDirectory() as folder:
            results = placed(file, Path(folder))
        sys.stdout.write(
            f"{file.stem:<10} {len(results)} sparks   first {TOP} hold a right person: {within(results):.2f}"
            f"   mean reciprocal rank: {mean_reciprocal_rank(results):.2f}\n"
        )
        if "--misses" in arguments:
            sys.stdout.writelines(f"{line}\n" for one in results if one.place != 1 for line in _said(one))


def _said(one: Placed) -> Iterator[str]:
    yield f"  {one.place or '–'}  {' '.join(one.text.split())[:90]}  →  {', '.join(one.right)}"
    for match in one.found[:TOP]:
        because = ", ".join(f"{reason.word} ({reason.where})" for reason in match.because[:5])
        yield f"       {match.person.name}: {because}"


if __name__ == "__main__":
    main(sys.argv[1:])
