"""An edition that changes one file shares all others with the one before: so workers follow within a moment."""

from __future__ import annotations

from time import thread_time

from bot.publishing.editions import read_newest
from bot.publishing.paths import shipped
from bot.store.engine import open_store
from simulator.loading import read_packs
from tests.journeys.walking import scene_now
from tests.publishing.flipping import marked, put_out

_PACKS = "policies/"


def test_a_second_edition_reads_only_what_has_changed() -> None:
    """What stands on unchanged pages is the very same; the changed words are new; it takes a part of the time."""
    store = open_store("sqlite://")
    before = scene_now().library
    put_out(1, marked(1))(store)
    first = read_newest(store)
    put_out(2, marked(2))(store)
    begun = thread_time()
    after = read_newest(store)
    assert thread_time() - begun < 0.5  # a tenth to a fifth of a second; before they were shared nearly one
    library = after.library
    for name in ("questions", "actions", "articles", "causes", "intents", "guards"):
        old, new = getattr(before, name), getattr(library, name)
        assert [key for key in new if new[key] is not old[key]] == [], name
    assert library.phrases.written("zh", "menu.title") != before.phrases.written("zh", "menu.title")
    assert all(after.packs[name] is pack for name, pack in first.packs.items())
    assert after.packs.keys() == scene_now().packs.keys()
    store.dispose()


def test_what_is_wrong_is_told_each_time() -> None:
    """A broken text is found again by whoever reads it again, and the shipped one beside it stays as it was."""
    name, text = next((path, text) for path, text in shipped().items() if path.startswith(_PACKS))
    broken = {name.removeprefix(_PACKS): text.replace("grid: ", "grid: -")}
    first, second = read_packs(over=broken), read_packs(over=broken)
    assert first[1] == second[1] != ()
    assert read_packs()[1] == ()
