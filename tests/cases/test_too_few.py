"""A draft case behind which too few people stand is said to be one when it is made, and whenever drafts are shown."""

from __future__ import annotations

from sqlalchemy import Engine

from bot.admin.desk import Desk, Operator, Told
from bot.admin.office import COMMANDS, given_to
from bot.publishing.bench import read_bench
from bot.store.engine import reading, writing
from bot.truth.offering import waiting
from tests.cases.test_reviewing import PEOPLE, WORDS, store, takes_back
from tests.journeys.walking import NOW, scene_now

__all__ = ["store"]

TOO_FEW = "This will not pass the check"


def _gives(engine: Engine, *words: str) -> Told:
    desk = Desk(scene_now().library, scene_now().packs, engine, NOW, Operator(7, "editor"))
    deed = given_to(desk, COMMANDS[words[0]], words[1:], sure=True)
    with writing(engine) as connection:
        if deed.told.change is not None:
            assert deed.told.change(connection)
    return deed.told


def test_it_is_said_when_it_is_made(store: Engine) -> None:
    """An accepted candidate stands; the same file under another name has nobody behind it, and both are told so."""
    with reading(store) as connection:
        code = waiting(connection, scene_now().library, scene_now().packs)[0].code
    accepted = _gives(store, "cases", "accept", code, WORDS)
    assert TOO_FEW not in accepted.words
    assert "Should somebody take theirs back" in accepted.words
    assert TOO_FEW not in _gives(store, "draft").words
    page = read_bench(store).text(f"cases/real_{code}.yaml")
    assert page is not None
    made = _gives(store, "put", "cases/real_abcdef.yaml", page.replace(code, "abcdef"))
    assert TOO_FEW in made.words
    assert "real_abcdef" in made.words
    assert TOO_FEW in _gives(store, "draft").words
    assert f"real_{code}" not in _gives(store, "draft").words.split(TOO_FEW)[1]
    takes_back(store, *range(PEOPLE - 4))
    assert f"real_{code}" in _gives(store, "draft").words.split(TOO_FEW)[1]
