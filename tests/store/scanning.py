"""Every byte that is kept, searched for one person: ``python -m tests.store.scanning [--database postgresql]``.

Somebody lives through everything with figures that nobody else has, is written to with many, and is exported, looked up
and backed up by an operator; then they delete everything. Searched are tables, every byte of the data folder (the file,
the log beside it, pages that are free, backups, what a command left on disk, temporary files), the bot's log with every
detail, and a server's own files before and after it has emptied its tables. ``--open`` keeps words without a secret.
"""

from __future__ import annotations

import argparse
import gzip
import logging
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

from sqlalchemy import Engine, create_engine

from bot.admin.desk import Desk, Operator
from bot.admin.office import carried_out, hear
from bot.channels.logs import JsonLines
from bot.settings import Settings
from bot.store import recipients
from bot.store.broadcasts import DRAFT, RUNNING, change_broadcast, draft_broadcast
from bot.store.engine import open_store, writing
from bot.store.retaining import drop_old_keys
from bot.store.vault import keep_sealed
from tests.journeys.walking import NOW, scene_now
from tests.store.lives import ASKED, TYPED, WHO, dump, lived
from tests.store.postgresql import Server, rented

GOALS = ("assess", "plan", "afford", "cost", "diagnose")
FIGURES = tuple(value for value in (*TYPED.values(), ASKED) if len(value) >= 5)
"""Planted figures that hardly stand anywhere by chance."""

WORDS = (*FIGURES, *(f"{int(figure):,}" for figure in FIGURES))
NAME = (WHO.partition(":")[2],)
_PACKED = b"\x1f\x8b"


@dataclass
class Search:
    """How often figures and the name were found, by moment and place."""

    folder: Path
    store: Engine
    server: Server | None = None
    lines: list[str] = field(default_factory=list)
    found: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)

    def looks(self, moment: str) -> None:
        """Look everywhere at a moment."""
        self.found[moment, "tables"] = _hits([dump(self.store).encode()])
        self.found[moment, "log of the bot"] = _hits(line.encode() for line in self.lines)
        for place, files in self._files().items():
            self.found[moment, place] = _hits(_contents(files))

    def _files(self) -> dict[str, Iterable[Path]]:
        beside = [path for path in self.folder.rglob("*") if path.is_file()]
        backups = {path for path in beside if path.name.startswith("kept")}
        kept: dict[str, Iterable[Path]] = {"backups": backups, "data folder": set(beside) - backups}
        if self.server is not None:
            log = self.server.files / "pg_wal"
            every = [path for path in self.server.files.rglob("*") if path.is_file()]
            kept["server's tables"] = [path for path in every if log not in path.parents]
            kept["server's log of changes"] = [path for path in every if log in path.parents]
        return kept


def _hits(contents: Iterable[bytes]) -> tuple[int, int]:
    """How many of the figures, in any spelling, and of the names stand there."""
    every = list(contents)
    found = ({word for word in words for content in every if word.encode() in content} for words in (WORDS, NAME))
    figures, names = (len(words) for words in found)
    return figures, names


def _contents(files: Iterable[Path]) -> Iterator[bytes]:
    for path in files:
        with suppress(FileNotFoundError):  # a server makes and drops files of its own meanwhile
            content = path.read_bytes()
            yield gzip.decompress(content) if content.startswith(_PACKED) else content


def searched(folder: Path, address: str, server: Server | None, secrets: list[str]) -> Search:
    """Live, be written to, be looked up, delete everything; what was found at each moment."""
    data = folder / "data"
    data.mkdir(mode=0o700)
    store = open_store(address)
    keep_sealed(store, secrets)
    search = Search(folder, store, server)
    with _logged(search.lines), patch.object(tempfile, "tempdir", str(data)):
        chat = lived(store, *GOALS)
        chat.take(action="export:")
        _written_to(store)
        for line in (f"person {NAME[0]}", f"export {NAME[0]}", f"backup {data / 'kept.jsonl.gz'}"):
            _given(store, data, line)
        _written_down(store)
        search.looks("while they are here")
        chat.take(action="forget:")
        chat.take(action="erase:")
        drop_old_keys(store, NOW)
        search.looks("after they deleted everything")
        if server is not None:
            _written_down(store, emptied=True)
            search.looks("after VACUUM FULL and CHECKPOINT")
    store.dispose()
    return search


def _written_to(store: Engine) -> None:
    """A broadcast reaches them; another one is cut off on its way."""
    with writing(store) as connection:
        for state in (recipients.SENT, recipients.PROMISED):
            number = draft_broadcast(connection, "terminal", 0)
            change_broadcast(connection, number, frozenset({DRAFT}), state=RUNNING)
            recipients.add_recipients(connection, number, [(WHO, 0)], 0)
            (one,) = recipients.due_recipients(connection, number, 1, 1)
            recipients.settle_recipient(connection, one.id, recipients.WAITING, state, 1, promise=number + 10**6)


def _given(store: Engine, data: Path, line: str) -> None:
    """An owner at the terminal gives a command."""
    scene = scene_now()
    desk = Desk(scene.library, scene.packs, store, NOW, Operator(None, "owner"), settings=Settings(data_dir=data))
    deed = hear(desk, line, sure=True)
    assert deed.trail is not None, deed.told.words
    with writing(store) as connection:
        assert carried_out(connection, desk, deed)


@contextmanager
def _logged(lines: list[str]) -> Iterator[None]:
    """Every line that the bot's log would hold, however little it is worth."""
    ear, root = logging.Handler(), logging.getLogger()
    shape, before = JsonLines(), root.level
    ear.emit = lambda record: lines.append(shape.format(record))  # type: ignore[method-assign]
    root.addHandler(ear)
    root.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        root.removeHandler(ear)
        root.setLevel(before)


def _written_down(store: Engine, *, emptied: bool = False) -> None:
    """Let a server write to its files what it holds in memory, and leave deleted rows nowhere in its tables."""
    if store.dialect.name == "sqlite":
        return
    server = create_engine(store.url, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        for order in ("VACUUM FULL", "CHECKPOINT") if emptied else ("CHECKPOINT",):
            connection.exec_driver_sql(order)
    server.dispose()


def main() -> int:
    """Search and tell; 1 where anything is left that should be gone."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite", help="where all is kept")
    parser.add_argument("--open", action="store_true", help="without a secret")
    given = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = stack.enter_context(rented()) if given.database == "postgresql" else None
        address = server.fresh() if server else f"sqlite:///{folder / 'data' / 'limit-guide.db'}"
        search = searched(folder, address, server, [] if given.open else ["secret"])
    for (moment, place), (figures, names) in search.found.items():
        sys.stdout.write(f"{moment:34} {place:24} figures {figures}, names {names}\n")
    return int(bool(left(search, sealed=not given.open)))


def left(search: Search, *, sealed: bool) -> list[str]:
    """What stands where nothing should: figures anywhere while words are sealed, anything once all is deleted.

    Two places are the operators' own affair: backups made before, which without a secret hold words, and a server's log
    of changes, which holds rows of before until the server writes over it.
    """
    last = list(search.found)[-1][0]
    theirs = {"backups", "server's log of changes"}
    found = []
    for (moment, place), (figures, names) in search.found.items():
        gone = moment == last and place not in theirs
        if (figures and (sealed or gone)) or (names and (gone or place == "log of the bot")):
            found.append(f"{moment}, {place}")
    return found


if __name__ == "__main__":
    sys.exit(main())
