"""drill: put a copy of everything back into an empty store of its own, and see that every row came back as it was."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from bot.admin.arguments import Arguments
from bot.admin.desk import AdminCommand, Desk, Sheet, Told
from bot.store.engine import open_store
from bot.store.keeping import back_up, keys_beside, restore
from bot.store.vault import keep_sealed


class _Print(NamedTuple):
    """How many rows a table has in a copy, and a hash of all of them."""

    rows: int
    digest: str


def _drill(desk: Desk, _given: Arguments) -> Told:
    with TemporaryDirectory(prefix="limit-guide-drill-") as folder:
        copy, again = Path(folder) / "copy", Path(folder) / "again"
        copied = back_up(desk.store, copy, desk.now)
        store = open_store(f"sqlite:///{Path(folder) / 'drill.db'}")
        keep_sealed(store, desk.settings.secrets)
        restored = restore(store, copy)
        back_up(store, again, desk.now)
        store.dispose()
        before, after = _prints(copy), _prints(again)
    rows = tuple((table, copied[table], restored[table], _verdict(before, after, table)) for table in copied)
    whole = all(row[3] == "same" for row in rows)
    words = desk.say("office.drill_passed" if whole else "office.drill_failed")
    return Told(words, Sheet(("what", "rows", "restored", "verdict"), rows), sound=whole)


def _prints(copy: Path) -> dict[str, _Print]:
    """What each table holds in a copy and its keys, whatever the order of the rows."""
    lines: dict[str, list[str]] = defaultdict(list)
    for path in (copy, keys_beside(copy)):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                lines[json.loads(line).get("table", "")].append(line)
    del lines[""]
    return {
        table: _Print(len(rows), hashlib.sha256("".join(sorted(rows)).encode()).hexdigest())
        for table, rows in lines.items()
    }


def _verdict(before: dict[str, _Print], after: dict[str, _Print], table: str) -> str:
    return "same" if before.get(table) == after.get(table) else "different"


COMMAND = AdminCommand(
    "drill", "put a copy into a store of its own and compare every row", _drill, group="machine", slow=True
)
