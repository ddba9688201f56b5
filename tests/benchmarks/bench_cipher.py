"""What encryption costs: a plain book and an encrypted one of the same people, side by side.

    python -m tests.benchmarks.bench_cipher [10000]

Prints medians in milliseconds, taken in turn, and the ratio of encrypted to plain.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from netcrm.domain.query import parse
from netcrm.domain.timeline import Entry
from netcrm.store import Store
from netcrm.store.cipher import Key
from netcrm.store.recoding import recode
from tests.benchmarks.bench_store import TODAY, now, write_book

write = sys.stdout.write

PASSPHRASE = "correct horse battery staple"

Doing = Callable[[Store], object]


def in_turn(plain: Callable[[], object], other: Callable[[], object], times: int) -> tuple[float, float]:
    """The medians of two things, done one after the other, in milliseconds."""
    took: tuple[list[float], list[float]] = ([], [])
    for _ in range(times):
        for do, into in zip((plain, other), took, strict=True):
            began = time.perf_counter()
            do()
            into.append((time.perf_counter() - began) * 1000)
    return statistics.median(took[0]), statistics.median(took[1])


def started(path: Path, *args: str) -> None:
    """Run a command in a process of its own."""
    environment = {**os.environ, "NETCRM_DB": str(path), "NETCRM_KEY_FILE": str(path.with_name("key"))}
    subprocess.run(
        [sys.executable, "-m", "netcrm", *args], env=environment, check=True, stdout=subprocess.DEVNULL
    )


def what_keys_do() -> Iterator[tuple[str, Doing, int]]:
    """What the keys ask of a store."""
    ids: list[int] = []

    def down(store: Store) -> object:
        ids[:] = ids or store.people.ids()
        person = ids[len(ids) // 2]
        return store.timeline.of(person, limit=50), store.people.get(person)

    def page(store: Store) -> object:
        ids[:] = ids or store.people.ids()
        at = len(ids) // 3
        return store.people.lines(ids[at : at + 60])

    def log(store: Store) -> object:
        return store.timeline.log(Entry(day=TODAY, people=(1,), kind="call", text="coffee and kites"))

    yield "down: a person and their timeline", down, 200
    yield "page down: sixty lines", page, 200
    yield "a letter in the search", lambda store: store.search.people(parse("b")), 50
    yield "a word in the search", lambda store: store.search.people(parse("coffee badel")), 50
    yield "everybody, in order", lambda store: store.people.ids(), 50
    yield "log an entry", log, 200


def main() -> None:
    """Print them."""
    size = int(sys.argv[1]) if sys.argv[1:] else 10_000
    with tempfile.TemporaryDirectory() as folder:
        plain, other = Path(folder) / "plain.db", Path(folder) / "encrypted.db"
        for path in (plain, other):
            with Store(path, now) as store:
                write_book(store, size)
        key = Path(folder) / "key"
        key.write_text(PASSPHRASE)
        key.chmod(0o600)
        began = time.perf_counter()
        rows = recode(other, None, lambda: PASSPHRASE).rows
        write(
            f"{size:,} people, {plain.stat().st_size >> 20} MB; encrypted {other.stat().st_size >> 20} MB"
            + "\n"
        )
        write(f"netcrm encrypt: {time.perf_counter() - began:.1f} s for {rows:,} rows, compared" + "\n")
        began = time.perf_counter()
        for _ in range(10):
            Key.of(PASSPHRASE, bytes(16))
        write(f"a key of a passphrase: {(time.perf_counter() - began) * 100:.0f} ms" + "\n")
        say("start: netcrm path", *in_turn(lambda: started(plain, "path"), lambda: started(other, "path"), 7))
        say(
            "start: netcrm find badel",
            *in_turn(lambda: started(plain, "find", "badel"), lambda: started(other, "find", "badel"), 15),
        )
        with Store(plain, now) as first, Store(other, now, key=lambda path: [PASSPHRASE]) as second:
            for what, do, times in what_keys_do():
                say(what, *in_turn(lambda: do(first), lambda: do(second), times))  # noqa: B023  # done at once
            second._connection.execute("PRAGMA cipher_memory_security = ON")
            for what, do, times in what_keys_do():
                took = in_turn(lambda: do(first), lambda: do(second), times)  # noqa: B023  # done at once
                say(f"{what}, memory wiped", *took)


def say(what: str, plain: float, encrypted: float) -> None:
    """Print a line."""
    write(f"{what:<50}{plain:9.2f} {encrypted:9.2f} ms   {encrypted / plain:5.2f}" + "\n")


if __name__ == "__main__":
    main()
