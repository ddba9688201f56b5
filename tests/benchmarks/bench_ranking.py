"""``python -m tests.benchmarks.bench_ranking [PEOPLE …]``: how long ranking everybody for a spark takes.

Prints, for books of so many people with two entries each, the median and the worst time over texts of
200 words, the first time a text is seen and once its words are known, as they are while one types; and beside
it, in the same run, what FTS5 takes to rank by every word of the text at once, which is what ranking is to be
compared with. Times are of the processor, so that a busy machine does not count.
"""

import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from pathlib import Path

from netcrm.domain.people import Profile
from netcrm.domain.seed import Seed
from netcrm.domain.sparktext import read_spark
from netcrm.domain.synonyms import default_lines, stems
from netcrm.domain.timeline import Entry
from netcrm.store import Store

TODAY = date(2026, 11, 22)

TEXTS, WORDS = 30, 200

PROFESSIONS = ("engineer", "designer", "manager", "teacher", "analyst", "director", "nurse", "editor")


class Words:
    """Words as a network and the texts that reach it use them: a few very often, most of them seldom.

    Args:
        seed: The same gives the same words.
    """

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        lexicon = files("netcrm.domain").joinpath("lexicon", "frequency.txt").read_text("utf-8").splitlines()
        self._common = [word for line in lexicon if not line.startswith("#") for word in line.split()]
        lines = [line.replace(":", ",").split(",") for line in default_lines() if ":" in line]
        self._topics = [
            topic.strip() for line in lines for topic in line if topic.strip() and "#" not in topic
        ]
        random.Random(1).shuffle(self._topics)

    def topic(self) -> str:
        """A word or phrase that people have as a tag."""
        return self._often(self._topics)

    def some(self, count: int) -> str:
        """So many words of a note, a want or an advert."""
        return " ".join(
            self._often(self._common) if self.random.random() < 0.7 else self.topic() for _ in range(count)
        )

    def _often(self, words: Sequence[str]) -> str:
        return words[int(len(words) * self.random.random() ** 2.2)]


def a_book(people: int) -> Seed:
    """A network of so many people."""
    words = Words(people)
    pick = words.random
    return Seed(
        people=[
            Profile(
                name=f"{words.topic().title()} {words.topic().title()}",
                title=f"{words.topic()} {pick.choice(PROFESSIONS)}",
                organisation=words.topic().title(),
                city=words.topic(),
                tags=tuple({words.topic() for _ in range(pick.randint(0, 4))}),
                wants=tuple(words.some(6) for _ in range(pick.choice((0, 0, 1, 1, 2)))),
                offers=tuple(words.some(5) for _ in range(pick.choice((0, 0, 1)))),
                note=words.some(pick.choice((0, 10, 20))),
            )
            for _ in range(people)
        ],
        timeline=[
            Entry(
                day=TODAY - timedelta(days=pick.randint(0, 900)),
                people=(pick.randint(1, people),),
                kind="met",
                text=words.some(12),
            )
            for _ in range(2 * people)
        ],
    )


def times(do: Callable[[str], object], texts: Sequence[str]) -> list[float]:
    """Milliseconds of the processor for each text."""
    took: list[float] = []
    for text in texts:
        begun = time.process_time()
        do(text)
        took.append((time.process_time() - begun) * 1000)
    return took


def every_word(connection: sqlite3.Connection) -> Callable[[str], object]:
    """Ranks by every word of a text, as FTS5 does by itself."""

    def rank(text: str) -> object:
        match = " OR ".join(f'"{stem}"' for stem in dict.fromkeys(stems(text)))
        return connection.execute(
            "SELECT rowid FROM people_matter WHERE people_matter MATCH ? ORDER BY rank LIMIT 50", (match,)
        ).fetchall()

    return rank


def main() -> None:
    """Measure books of the sizes given on the command line."""
    for size in map(int, sys.argv[1:] or ("1000", "100000")):
        words = Words(7)
        texts = [words.some(WORDS) for _ in range(TEXTS)]
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "netcrm.db"
            with Store(path, lambda: datetime(2026, 11, 22, tzinfo=UTC)) as store:
                store.seed(a_book(size))
                store.sparks.rank(read_spark("a first one, for the words", TODAY), TODAY)
                first = times(lambda text: store.sparks.rank(read_spark(text, TODAY), TODAY), texts)
                again = times(lambda text: store.sparks.rank(read_spark(text, TODAY), TODAY), texts)
            connection = sqlite3.connect(path)
            plain = times(every_word(connection), texts)
            connection.close()
        sys.stdout.write(f"\n{size:,} people, {2 * size:,} entries, {TEXTS} texts of {WORDS} words\n")
        for what, took in (("seen first", first), ("again", again), ("FTS5, every word", plain)):
            sys.stdout.write(
                f"  {what:<20} median {statistics.median(took):7.1f} ms   worst {max(took):7.1f} ms"
                f"   {statistics.median(took) / statistics.median(plain):5.2f}×\n"
            )


if __name__ == "__main__":
    main()
