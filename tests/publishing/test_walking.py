"""The cast goes through drafts: who sees what differently, in which language, and nothing else is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.admin.commands import preview
from bot.dialogue.choosing import TELLS
from bot.publishing import walking
from bot.publishing.checking import Checked
from bot.publishing.editions import Edition
from bot.publishing.paths import shipped
from bot.publishing.walking import cast, differing
from knowledge.loading import load
from knowledge.stack import Overlay
from tests.journeys.walking import NOW, scene_now
from tests.publishing.desks import EditorsDesk

_LABEL = "menu.assess: {zh: 估一估我的额度"


def _in_use() -> Edition:
    return Edition(0, scene_now().library, scene_now().packs)


def test_the_cast_is_everybody_who_ships() -> None:
    """Every worked example and a case of each kind and outcome take part, and together they reach every goal."""
    people, in_use = cast(_in_use()), _in_use()
    assert {goal for member in people for goal in member.goals} == set(TELLS)
    cases = in_use.library.cases
    assert {(cases[one.name].kind, cases[one.name].outcome) for one in people if one.name in cases} == {
        (case.kind, case.outcome) for case in cases.values()
    }
    assert sum(one.curious for one in people) == sum(len(pack.examples) for pack in in_use.packs.values())
    assert len({member.name for member in people}) == len(people)


@pytest.fixture(scope="module")
def drafted() -> Edition:
    """What is in use with two changes: a button in Chinese, and a question in English."""
    (menu,) = (path for path, text in shipped().items() if _LABEL in text)
    asked = shipped()["questions/monthly_income.yaml"].replace("\n  en: ", "\n  en: (a trial) ")
    over = Overlay({menu: shipped()[menu].replace(_LABEL, f"{_LABEL}（试）"), "questions/monthly_income.yaml": asked})
    library, problems = load(over=over)
    assert not problems
    return Edition(1, library, scene_now().packs)


def test_only_what_differs_is_told(drafted: Edition) -> None:
    """Two equal editions differ for nobody; a word of one language differs for whoever reads it, and for no other."""
    before = _in_use()
    people = [one._replace(goals=("budget",)) for one in cast(before) if one.curious][:1]
    assert list(differing(before, before, people, NOW)) == []
    seen = list(differing(before, drafted, people, NOW))
    menu = {one.language: one.came for one in seen if one.screen == "/menu"}
    assert menu == {"zh": ("[估一估我的额度（试）]",), "zh-hant": ("[估一估我的額度（試）]",)}
    assert {one.language for one in seen if one.screen == "questions/monthly_income"} == {"en"}
    assert all(one.went != one.came for one in seen)


def test_a_preview_tells_whose_screens_differ(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, drafted: Edition
) -> None:
    """The sheet counts the screens of everybody by language; the second page has every line."""
    monkeypatch.setattr(walking, "TELLS", {"budget": TELLS["budget"]})
    monkeypatch.setattr(walking, "_DEAR", ("cost",))
    monkeypatch.setattr(preview, "checked", lambda _desk, _bench: Checked((), edition=drafted))
    desk = EditorsDesk(tmp_path)
    desk.gives("edit questions/monthly_income ask.en How much comes in?")
    told = desk.gives("preview")
    assert told.sheet is not None
    assert told.sheet.header == ("person", "zh", "zh-hant", "en", "screens")
    rows = {row[0]: row[1:] for row in told.sheet.rows}
    counts = {name: row[2] for name, row in rows.items()}
    assert counts == {"jiebei case_1": 1, "wangshang case_2": 0}
    assert all(str(row[3]).startswith("/menu") for row in rows.values())
    assert "questions/monthly_income" in str(rows["jiebei case_1"][3])
    assert [paper.name for paper in told.papers] == ["preview.html", "people.html"]
    assert "(a trial)" in str(told.papers[1].content)
    assert "20 made-up people" in told.words
