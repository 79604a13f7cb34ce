"""An editor's day: words and numbers are drafted, checked, tried, published, compared, and taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.store.audit import newest, verify
from bot.store.editions import (
    BrokenEditionError,
    Published,
    edition_hash,
    history,
    newest_number,
    publish,
    read_edition,
)
from bot.store.engine import reading, writing
from knowledge import learning
from tests.publishing.desks import EditorsDesk

pytestmark = pytest.mark.usefixtures("reckoned_once")

PHRASINGS = "[额度像坐电梯一样往下掉怎么办, 额度为什么被降了, 额度怎么变少了]"


@pytest.fixture
def desk(tmp_path: Path) -> EditorsDesk:
    """An editor's desk."""
    return EditorsDesk(tmp_path)


def _said(desk: EditorsDesk) -> str:
    return desk.house.library.phrases.say("zh", "office.no_role")


def _drafts(desk: EditorsDesk) -> None:
    """Words, a number and a way of asking are drafted, with a note; nothing of it is in use."""
    before = _said(desk)
    assert "Drafted" in desk.gives("edit phrases/office.no_role zh 这个人没有任何身份。").words
    assert "Drafted" in desk.gives("value jiebei headroom 0.6 P 2026-11-20 A study of this line, table 2").words
    assert "Drafted" in desk.gives(f"edit intents/limit_decreased phrasings {PHRASINGS}").words
    assert "note is kept" in desk.gives("draft Say it more plainly").words
    sheet = desk.gives("draft").sheet
    assert sheet is not None
    assert [row[0] for row in sheet.rows] == [
        "intents/limit_decreased.yaml",
        "phrases/office.yaml",
        "policies/jiebei.yaml",
    ]
    assert not desk.house.look_for_newer()
    assert _said(desk) == before


def _looks(desk: EditorsDesk) -> None:
    """What was drafted is seen as people would see it, and what the number would change."""
    preview = desk.gives("preview office.no_role")
    assert "这个人没有任何身份。" in preview.words
    assert "這個人沒有任何身份。" in preview.words
    assert [paper.form for paper in preview.papers] == ["record"]
    tried = desk.gives("dryrun")
    assert tried.sheet is not None
    assert any(row[5] > row[2] for row in tried.sheet.rows)
    assert tried.chart is not None
    assert "the middle rises for" in tried.words


@pytest.mark.timeout(240)
def test_words_numbers_and_phrasings_are_published_and_taken_back(
    desk: EditorsDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Drafts are nowhere before they are published, everywhere after, and gone once they are rolled back."""
    monkeypatch.setattr(learning, "EPOCHS", 1)  # once over the phrasings is enough to see that they are learned
    before = _said(desk)
    _drafts(desk)
    _looks(desk)
    assert "Edition 1 is published" in desk.publishes()
    assert _said(desk) == before
    assert desk.house.look_for_newer()
    assert (desk.house.edition.number, _said(desk)) == (1, "这个人没有任何身份。")
    number = desk.house.packs["jiebei"].parameters["headroom"]
    assert (number.value, number.grade, number.source) == (0.6, "P", "A study of this line, table 2")
    assert number.date == "2026-11-20"
    assert desk.rows()["lessons"] == 1
    found = desk.house.library.finder.find("额度像坐电梯一样往下掉怎么办")
    assert found.intents[0][0] == "limit_decreased"
    with reading(desk.house.store) as connection:
        (one,) = history(connection, 10)
        assert newest(connection, 1)[0].act == "publish"
        assert verify(connection).broken is None
    assert (one.number, one.author, one.note, len(one.hash)) == (1, "tg:4242", "Say it more plainly", 64)
    assert '+office.no_role: {zh: "这个人没有任何身份。"' in desk.gives("difference 0 1").words
    assert "same as edition 1" in desk.gives("rollback 1").words
    assert "Edition 2 is published with the content of edition 0" in desk.gives("rollback 0").words
    assert desk.house.look_for_newer()
    assert _said(desk) == before


def test_a_changed_row_is_found_and_not_used(desk: EditorsDesk) -> None:
    """An edition that somebody changed in the database is told of, and what was in use before stays."""
    files = {"articles/zz.md": "come to"}
    kept = Published(1, 0, "tg:1", "", files, "", edition_hash(1, files, ""))
    with writing(desk.house.store) as connection:
        assert publish(connection, kept)
        assert not publish(connection, kept)
        connection.exec_driver_sql("UPDATE editions SET files = replace(files, 'come to', 'lead to')")
        with pytest.raises(BrokenEditionError):
            read_edition(connection, newest_number(connection))
    assert not desk.house.look_for_newer()
    assert desk.house.edition.number == 0
    assert "not as it was written" in desk.gives("draft").words


def test_what_was_checked_is_what_is_published(desk: EditorsDesk) -> None:
    """A button of an older check publishes nothing once the drafts have changed; nor does one that asks only."""
    desk.gives("edit articles/fees title_en One")
    assert "sure" in desk.gives("publish 12345678", sure=False).words
    assert "changed since" in desk.gives("publish 12345678").words
    assert desk.rows()["editions"] == 0


def test_a_field_changes_alone(desk: EditorsDesk) -> None:
    """Editing one field leaves every other line of its file as it was, and a wrong one is named."""
    desk.gives("edit questions/purpose why.en Because the contract says so.")
    lines = desk.gives("difference").words.splitlines()
    assert [line for line in lines if line.startswith("+")] == ['+  en: "Because the contract says so."']
    assert len([line for line in lines if line.startswith("-")]) == 1
    assert "has no such field" in desk.gives("edit questions/purpose why.fr Non").words
    assert "cannot stand there" in desk.gives("edit questions/purpose order soon").words
    assert "one of these would be right" in desk.gives("edit fees title_en Fees").words
    assert "Forget the one draft" in desk.gives("discard all").words
    assert "Forgotten" in desk.gives(desk.gives("discard all").ways[0].line).words
    assert "no drafts" in desk.gives("draft").words


def test_a_section_of_an_article_changes_alone(desk: EditorsDesk) -> None:
    """A section may have several paragraphs; what stands around it stays."""
    desk.gives("edit articles/fees en.short First.\n\nSecond.")
    told = desk.gives("entry articles/fees").words
    assert "First.\n\nSecond." in told
    lines = desk.gives("difference").words.splitlines()
    assert [line for line in lines if line.startswith("+")] == ["+First.", "+Second."] or "+Second." in lines
    assert "without headings" in desk.gives("edit articles/fees en.short ## zh").words


def test_a_number_keeps_its_range_and_needs_a_source(desk: EditorsDesk) -> None:
    """A number outside of its range, of no pack, or without a source is refused with what would be right."""
    assert "rests on a source" in desk.gives("value jiebei headroom 0.6 P 2026-11-20 me").words
    assert "rests on a source" in desk.gives("value jiebei headroom 0.6 P 2027-11-20 A later study").words
    assert "no such number" in desk.gives("value jiebei nothing 0.6 P 2026-11-20 A study of this").words
    assert "jiebei" in desk.gives("value nobody headroom 0.6 P 2026-11-20 A study of this").words
    desk.gives("value jiebei headroom 99 P 2026-11-20 A study of this line")
    assert "lie between" in desk.gives("dryrun").words
