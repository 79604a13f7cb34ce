"""Editions published and rolled back under load: two real workers on PostgreSQL, and people who ask for the menu.

As a command, ``python -m tests.publishing.flipping [FLIPS]``, the editor works through the office, dry runs included.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Engine

from bot.channels.playground.faces.background import served
from bot.channels.playground.street import Street
from bot.publishing.bench import Bench, read_bench
from bot.publishing.pages import edited, fields, find
from bot.store.editions import Draft, Files, Published, edition_hash, publish
from bot.store.engine import writing
from tests.faults.nursery import Nursery, nursery
from tests.faults.relay import _SECRET, _listens, balanced
from tests.faults.storm import settled, until, watched_store
from tests.faults.walkers import Walker, neighbours
from tests.publishing.desks import EditorsDesk
from tests.store.postgresql import rented

PHRASES = ("menu.title", "menu.assess", "menu.data")
"""Words that stand together on one card; an edition marks all of them with its own number."""

_MARKS = " abcdefghijklmnopqrstuvwxyz"
"""Letters, for a number in words has to be a constant of the house."""

_MARK = re.compile(r"〔([a-z])〕")
_CALL = re.compile(r"^\S+ bot (?:sendmessage|editmessagetext) (\{.*\}) -> 200 ", re.DOTALL)
SECONDS = 5.0
"""After so long no worker shows an older edition any more, on a machine that has nothing else to do."""

_LONGEST = 60.0
_QUIET = 1.5
"""Seconds without a card of the older edition after which it is gone everywhere."""


def marked(number: int) -> dict[str, str]:
    """The file in which every one of the phrases ends with a mark."""
    bench = Bench(0, {}, {})
    for key in PHRASES:
        entry = find(bench, f"phrases/{key}")
        words = str(dict(fields(bench, entry))["zh"])
        text = edited(bench, entry, "zh", f"{words} 〔{_MARKS[number]}〕")
        bench = Bench(0, {}, {**bench.drafts, entry.path: Draft(entry.path, text, "", 0)})
    return {path: draft.words or "" for path, draft in bench.drafts.items()}


@dataclass
class Flip:
    """One edition, or a way back to what ships (mark 0): seconds until no older card was shown any more."""

    mark: int
    seconds: float = 0.0


@dataclass
class Flipping:
    """One street, two workers, an editor; ``cards`` are the marks on every card that was shown."""

    nursery: Nursery
    address: str
    folder: Path
    people: int = 4
    cards: list[tuple[int, ...]] = field(default_factory=list)
    flips: list[Flip] = field(default_factory=list)
    _read: int = 0
    _last_of: dict[int, float] = field(default_factory=dict)

    def runs(self, acts: Sequence[tuple[int, Callable[[Engine], None]]]) -> None:
        """Let people ask without a pause while one act after another publishes the edition with its mark."""
        street = Street(1, diary=True)
        walkers = neighbours(street, self.people)
        with balanced() as (url, ports), served(street) as place, watched_store(self.address) as store:
            told = {"BOT_TOKEN": street.token, "BOT_API_URL": place.root, "DATABASE_URL": self.address}
            told |= {"DATA_DIR": str(self.folder), "WEBHOOK_URL": url, "WEBHOOK_SECRET": _SECRET}
            bots = [
                self.nursery.start({**told, "WEBHOOK_LISTEN": f"127.0.0.1:{port}"}, self.folder / "log")
                for port in ports
            ]
            until(lambda: all(map(_listens, ports)) and bool(street.town.webhook.url), "a worker never listened")
            _come_in(walkers, street, store)
            for mark, act in acts:
                self._flipped(mark, act, street, walkers, store)
            until(lambda: settled(street, store), "something is left")
            for bot in bots:
                self.nursery.kill(bot)

    def _flipped(
        self, mark: int, act: Callable[[Engine], None], street: Street, walkers: Sequence[Walker], store: Engine
    ) -> None:
        asked = self._ask(street, walkers, {}, time.monotonic() + _QUIET)
        act(store)
        begun = time.monotonic()
        while True:
            asked = self._ask(street, walkers, asked, time.monotonic() + 0.2)
            now = time.monotonic()
            old = max((at for one, at in self._last_of.items() if one != mark), default=0.0)
            if self._last_of.get(mark, 0.0) > begun and now - max(old, begun) > _QUIET:
                self.flips.append(Flip(mark, max(0.0, old - begun)))
                return
            if now - begun > _LONGEST:
                raise TimeoutError(f"edition {mark} was never taken up everywhere")

    def _ask(self, street: Street, walkers: Sequence[Walker], asked: dict[int, int], end: float) -> dict[int, int]:
        """Everybody who was answered asks again, until a moment; what is shown meanwhile is read."""
        while time.monotonic() < end:
            for number, walker in enumerate(walkers):
                shown = len(walker.person.home.messages)
                if asked.get(number) != shown:
                    walker.person.says(walker.person.home, "/menu")
                    asked[number] = len(walker.person.home.messages)
            time.sleep(0.02)
            self._look(street)
        return asked

    def _look(self, street: Street) -> None:
        diary = street.diary or []
        now = time.monotonic()
        for line in diary[self._read :]:
            found = _CALL.match(line)
            marks = _marks(json.loads(found[1])) if found else ()
            if marks:
                self.cards.append(marks)
                for mark in marks:
                    self._last_of[mark] = now
        self._read = len(diary)


def _marks(told: dict[str, str]) -> tuple[int, ...]:
    """The marks on a card with the menu: of its title, and of its buttons; empty for any other message."""
    rows = json.loads(told.get("reply_markup") or "{}").get("inline_keyboard", [])
    labels = [button["text"] for row in rows for button in row]
    goals = [label for label in labels if "估一估我的额度" in label or "我的数据" in label]
    if len(goals) < 2:
        return ()
    return tuple(_MARKS.index(found[1]) if (found := _MARK.search(words)) else 0 for words in (told["text"], *goals))


def _come_in(walkers: Sequence[Walker], street: Street, store: Engine) -> None:
    """Everybody agrees and comes to the menu."""
    for walker in walkers:
        walker.begins()
    until(lambda: all(list(map(_at_the_menu, walkers))), "somebody never came to the menu")
    until(lambda: settled(street, store), "something of the way in is left")


def _at_the_menu(walker: Walker) -> bool:
    card = walker.card()
    if card is None:
        return False
    if not {"consent:yes", "age:adult"}.isdisjoint(card.choices):
        walker.walks()
    return any("我的数据" in label for label in card.labels)


def put_out(number: int, files: Files) -> Callable[[Engine], None]:
    """An act that publishes files as the edition of a number, straight into the store."""

    def act(store: Engine) -> None:
        edition = Published(number, 0, "terminal", "", files, "", edition_hash(number, files, ""))
        with writing(store) as connection:
            assert publish(connection, edition)

    return act


def by_command(mark: int, address: str, folder: Path) -> Callable[[Engine], None]:
    """An act of an editor at the office: edit, a number and a dry run too, check, publish; or a roll back."""

    def act(_store: Engine) -> None:
        desk = EditorsDesk(folder, address)
        try:
            worked(desk)
        finally:
            desk.house.store.dispose()  # or a connection of it is found open whenever memory is tidied up

    def worked(desk: EditorsDesk) -> None:
        if mark == 0:
            assert "is published" in desk.gives("rollback 0").words
            return
        for path, text in marked(mark).items():
            desk.gives(f"put {path} {text}")
        desk.gives(f"value jiebei headroom 0.{mark % 9 + 1} A 2026-11-01 a number tried under load")
        assert desk.gives("dryrun").chart is not None
        said = desk.publishes()
        assert "is published" in said, said
        assert read_bench(desk.house.store).drafts == {}

    return act


def _main(flips: int) -> None:
    with nursery() as bots, rented() as server, tempfile.TemporaryDirectory() as place:
        folder, address = Path(place), server.fresh()
        run = Flipping(bots, address, folder, people=6)
        run.runs([(mark, by_command(mark, address, folder)) for one in range(flips) for mark in (one + 1, 0)])
    slowest = max(flip.seconds for flip in run.flips)
    halves = sum(len(set(marks)) > 1 for marks in run.cards)
    sys.stdout.write(
        f"{len(run.flips)} editions, {len(run.cards)} cards, {halves} of two editions, slowest {slowest:.1f} s\n"
    )
    sys.exit(1 if halves or slowest > SECONDS else 0)


if __name__ == "__main__":
    _main(int(sys.argv[1]) if len(sys.argv) > 1 else 10)
