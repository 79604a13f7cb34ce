"""What a drafted entry would take from others: it is shown before it is published, and an entry's own stays its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.admin.topics import Answered, listening
from bot.publishing.stealing import MOST_HEARD
from tests.journeys.walking import scene_now
from tests.publishing.desks import EditorsDesk

pytestmark = pytest.mark.usefixtures("reckoned_once")

_SECTION = "没有官方说法，先看页面。"
_ENGLISH = "There is no official word on it; look at the page first."


def page(heard: str, intent: str) -> str:
    """An entry that is written to the end and listens for something."""
    sides = {"zh": _SECTION, "en": _ENGLISH}
    told = "".join(
        f"## {side}\n\n"
        + "".join(f"### {name}\n\n{words}\n\n" for name in ("short", "why"))
        + "".join(f"### {name}\n\n- {words}\n\n" for name in ("todo", "avoid", "call"))
        for side, words in sides.items()
    )
    head = f"id: asked_zz\nintents: [{intent}]\nfacts: [JB-08]\nheard: ['{heard}']\nreviewed: 2026-11-21\n"
    return f"---\n{head}title_zh: 小荷包算资产吗？\ntitle_en: Does the purse count?\n---\n{told}"


@pytest.fixture
def desk(tmp_path: Path) -> EditorsDesk:
    """An editor's desk."""
    return EditorsDesk(tmp_path)


def _checks(desk: EditorsDesk, heard: str, intent: str = "fees") -> str:
    assert "Drafted" in desk.gives(f"put articles/asked_zz.md {page(heard, intent)}").words
    return desk.gives("check").words


def test_what_would_be_taken_is_shown_before_it_is_published(desk: EditorsDesk) -> None:
    """Known questions that another entry answers now are listed with that entry, and the drafts may still go out."""
    words = _checks(desk, "收不收手续费")
    assert "would answer these from then on" in words
    assert "借钱收不收手续费" in words
    assert "Are there handling or service fees?" in words
    assert "sound" in words


def test_an_entrys_own_questions_stay_its_own(desk: EditorsDesk) -> None:
    """Whoever listens for an entry's title, or for what that one listens for itself, is not published."""
    words = _checks(desk, "有没有手续费")
    assert "it would take from fees what is its own" in words
    assert "sound" not in words


def test_whoever_listens_for_everything_is_refused(desk: EditorsDesk) -> None:
    """One letter that hundreds of known questions hold is no topic."""
    words = _checks(desk, "借")
    assert f"it would hear more than {MOST_HEARD} of the known questions" in words


def test_a_narrow_pattern_takes_nothing(desk: EditorsDesk) -> None:
    """Words that no known question holds are nobody's."""
    words = _checks(desk, "小荷包")
    assert "sound" in words
    assert "from then on" not in words


@pytest.mark.parametrize(
    ("asked", "heard"),
    [
        (("小荷包余额会影响额度吗",), ("小荷包",)),
        (("芝麻粒能不能换额度", "芝麻粒可以兑换借呗额度吗", "用芝麻粒换额度划算吗"), ("芝麻粒",)),
        (("does the forest energy game raise my limit", "will forest energy raise my limit"), (r"\bforest energy\b",)),
        (("蚂蚁森林能量能提升额度吗", "will forest energy raise it"), ("森林能量", r"\bforest energy\b")),
        (("怎么提额",), ()),
        (("□: my limit",), ()),
    ],
)
def test_a_group_is_known_by_words_of_its_own(asked: tuple[str, ...], heard: tuple[str, ...]) -> None:
    """Whole words that nobody is answered about yet; none where there are none."""
    assert listening(asked, scene_now().library) == heard


def test_known_questions_lend_no_words_that_would_take_others() -> None:
    """Whatever is drafted from known questions themselves hears none of them."""
    library = scene_now().library
    answered = Answered(library)
    from_each = [answered.questions[at : at + 1] for at in range(7, len(answered.questions), 2400)]
    for asked in (*from_each, answered.questions[40:43]):
        assert listening(asked, library) == ()
