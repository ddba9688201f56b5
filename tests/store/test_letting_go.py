"""Whoever leaves waits for nothing that is being read aside."""

import threading

from netcrm.store import Store
from netcrm.store.connection import aside, let_go
from netcrm.store.errors import StoreError
from netcrm.store.file import File

_FOR_EVER = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


class TestLettingGo:
    """A question of a thread is broken off."""

    def test_broken_off(self, store: Store) -> None:
        """It ends soon, in a sentence; what is read of another file goes on."""
        begun = threading.Event()
        said: list[str] = []

        def read() -> None:
            try:
                with aside(store.file) as connection:
                    begun.set()
                    connection.execute(_FOR_EVER).fetchone()
            except StoreError as error:
                said.append(str(error))

        thread = threading.Thread(target=read, daemon=True)
        thread.start()
        assert begun.wait(10)
        let_go(File(store.path.with_name("another.db")))
        assert thread.is_alive()
        store.let_go()
        thread.join(10)
        assert not thread.is_alive()
        assert len(said) == 1

    def test_nothing_to_let_go(self, store: Store) -> None:
        """Where nothing is read aside, nothing happens."""
        with aside(store.file) as connection:
            connection.execute("SELECT 1")
        store.let_go()
