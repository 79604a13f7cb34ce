"""Questions without an answer: kept for editors without a trace of who asked, sealed, and gone in time."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from bot.dialogue.consenting import DAYS_UNANSWERED
from bot.dialogue.conversation import Conversation
from bot.dialogue.hearing.blanking import BLANK, LONGEST, blanked
from bot.dialogue.messages import Arrival
from bot.dialogue.turn import take_turn
from bot.service.reception import receive
from bot.store.engine import open_store, reading, writing
from bot.store.erasing import forget_conversation
from bot.store.retaining import let_go
from bot.store.tables import UNANSWERED
from bot.store.unanswered import (
    drop_unanswered,
    keep_unanswered,
    read_unanswered,
    seal_anew,
)
from bot.store.vault import SealedError, keep_sealed
from tests.journeys.walking import NOW, scene_now
from tests.store.lives import dump

WHO = Conversation(id="tg:700418", consent_at=NOW, adult=True)
UNSURE = "芝麻粒和小荷包能不能一起换额度"
PLANTED = (
    ("我叫张伟,芝麻粒能换额度吗", "张伟"),
    ("王小明的芝麻粒能换额度吗", "小明"),
    ("李娜的芝麻粒为什么不能换额度", "李娜"),
    ("欧阳娜娜的额度能转给别人吗", "欧阳"),
    ("张经理说芝麻粒能换额度", "张"),
    ("我在杭州市余杭区文一西路,能办额度吗", "文一"),
    ("深圳市腾讯科技有限公司的员工额度高吗", "腾讯"),
    ("我的微信号abc_def,加我说额度", "abc"),
    ("My name is John Smith, why is my line closed", "Smith"),
    ("why did Robert call me about my line", "Robert"),
    ("mail me at zoe@example.org about the line", "zoe"),
    ("额度说明在 https://example.org/a?b=c 这里吗", "example"),
)
SIGNS = st.characters(categories=["L", "N", "P", "Zs", "S"])


def _familiar(words: str) -> bool:
    return scene_now().library.finder.familiar(words)


@pytest.mark.parametrize(("words", "planted"), PLANTED)
def test_what_could_tell_who_asks_is_blanked(words: str, planted: str) -> None:
    """Names, addresses, companies and accounts leave a blank; what is asked stays."""
    told = blanked(words, _familiar)
    assert planted not in told
    assert BLANK in told
    assert any(word in told for word in ("额度", "line"))


@pytest.mark.parametrize("words", ["马上还清会影响额度吗", "千万不要逾期是吗", "why does Jiebei say closed"])
def test_what_tells_nothing_stays(words: str) -> None:
    """A question of everyday words is kept as it was asked."""
    assert blanked(words, _familiar) == words


@settings(max_examples=150, deadline=None)
@given(st.text(SIGNS, max_size=60), st.text("0123456789", min_size=1, max_size=19), st.text(SIGNS, max_size=60))
def test_no_figure_survives(before: str, figure: str, after: str) -> None:
    """Whatever stands around a figure, none of its digits is kept, nor anything too long."""
    told = blanked(f"{before}{figure}{after}", lambda _: True)
    assert not any(sign.isascii() and sign.isdigit() for sign in told)
    assert len(told) <= LONGEST


def _asked(who: Conversation, text: str, **more: object) -> str:
    return take_turn(who, Arrival(key="k", at=NOW, text=text, **more), scene_now()).unanswered


def test_only_own_words_of_adults_who_agreed_are_left() -> None:
    """Without consent or age, in a group, or in somebody else's words nothing is left for the editors."""
    turn = take_turn(WHO, Arrival(key="k", at=NOW, text=UNSURE), scene_now())
    asked = turn.unanswered or turn.conversation.wondered
    assert asked
    for other in (Conversation(id="x"), Conversation(id="x", refused_at=NOW), WHO.but(adult=None)):
        after = take_turn(other, Arrival(key="k", at=NOW, text=UNSURE), scene_now())
        assert (after.unanswered, after.conversation.wondered) == ("", "")
    for told in ({"public": True}, {"secondhand": True}):
        after = take_turn(WHO, Arrival(key="k", at=NOW, text=UNSURE, **told), scene_now())
        assert (after.unanswered, after.conversation.wondered) == ("", "")


def test_none_of_them_leaves_what_was_asked_just_before() -> None:
    """Whoever finds their question among none of those offered leaves it; a turn later it is forgotten."""
    offered = take_turn(WHO, Arrival(key="k", at=NOW, text="额度"), scene_now()).conversation
    assert offered.wondered == "额度"
    pressed = take_turn(offered, Arrival(key="l", at=NOW, action="none_of_them:"), scene_now())
    assert (pressed.unanswered, pressed.conversation.wondered) == ("额度", "")
    between = take_turn(offered, Arrival(key="l", at=NOW, action="menu:"), scene_now()).conversation
    assert take_turn(between, Arrival(key="m", at=NOW, action="none_of_them:"), scene_now()).unanswered == ""


def test_an_answer_that_did_not_help_leaves_what_was_asked() -> None:
    """Whether an entry helped is noted by its id; only a no leaves the words, and who did not agree is not asked."""
    told = take_turn(WHO, Arrival(key="k", at=NOW, text="提前还款会影响额度吗"), scene_now())
    actions = [button.action for reply in told.replies for row in reply.buttons for button in row]
    yes, no = (next(one for one in actions if one.startswith(f"helped:{verdict}:")) for verdict in ("yes", "no"))
    entry = no.rpartition(":")[2]
    for action, left in ((yes, ""), (no, "提前还款会影响额度吗"), ("helped:no:nothing", "")):
        turn = take_turn(told.conversation, Arrival(key="l", at=NOW, action=action), scene_now())
        assert turn.unanswered == left
        known = [("helped", f"{action.split(':')[1]} {entry}")] if action.endswith(entry) else []
        assert [(note.kind, note.detail) for note in turn.notes] == known
    stranger = take_turn(Conversation(id="x", refused_at=NOW), Arrival(key="k", at=NOW, text=UNSURE), scene_now())
    assert not any("helped:" in str(reply) for reply in stranger.replies)


def _kept(store: Engine, *asked: tuple[str, str], at: dt.datetime = NOW) -> None:
    with writing(store) as connection:
        for name, words in asked:
            assert keep_unanswered(connection, name, "zh", words, at)


def test_a_question_is_kept_sealed_and_of_nobody(store: Engine) -> None:
    """It comes back in words and week; no table holds it plainly or beside its person, and erasing finds it gone."""
    keep_sealed(store, ["secret"])
    receive(store, WHO.id, Arrival(key="a", at=NOW, command="start"), scene_now())
    for number, action in enumerate(("consent:yes", "age:adult")):
        receive(store, WHO.id, Arrival(key=f"{number}", at=NOW, action=action), scene_now())
    receive(store, WHO.id, Arrival(key="b", at=NOW, text="额度"), scene_now())
    receive(store, WHO.id, Arrival(key="c", at=NOW, action="none_of_them:"), scene_now())
    with reading(store) as connection:
        (one,) = read_unanswered(connection)
        (row,) = connection.execute(select(UNANSWERED)).all()
    assert (one.words, one.language, one.week.weekday()) == ("额度", "zh", 0)
    assert WHO.id not in str(row)
    assert "额度" not in str(row)
    with writing(store) as connection:
        forget_conversation(connection, WHO.id)
    assert WHO.id not in dump(store)
    with reading(store) as connection:
        assert read_unanswered(connection) == (one,)


def test_where_nothing_is_sealed_nothing_is_kept(store: Engine) -> None:
    """Without a secret not a word of a question stays in the store."""
    with writing(store) as connection:
        assert not keep_unanswered(connection, "tg:1", "zh", "额度", NOW)
        assert connection.execute(select(UNANSWERED)).all() == []


def test_marks_are_shared(store: Engine) -> None:
    """One person has one mark in a month; many people share the few dozen there are."""
    keep_sealed(store, ["secret"])
    _kept(store, *[("tg:1", f"问{n}") for n in range(5)], *[(f"tg:{n}", "众") for n in range(2, 202)])
    with reading(store) as connection:
        found = read_unanswered(connection)
    mine = {one.mark for one in found if one.words.startswith("问")}
    others = [one.mark for one in found if one.words == "众"]
    assert len(mine) == 1
    assert 40 < len(set(others)) <= 64
    assert all(0 <= mark < 64 for mark in others)


def test_they_go_in_time_or_when_they_are_answered(store: Engine) -> None:
    """What is answered is let go at once, everything else after the days that the words of consent name."""
    keep_sealed(store, ["secret"])
    _kept(store, ("tg:1", "旧"), at=NOW - dt.timedelta(days=DAYS_UNANSWERED + 1))
    _kept(store, ("tg:1", "新"), ("tg:1", "答"), at=NOW - dt.timedelta(days=DAYS_UNANSWERED - 7))
    with writing(store) as connection:
        assert let_go(connection, NOW, ()).unanswered == 1
        left = {one.words: one.id for one in read_unanswered(connection)}
        assert set(left) == {"新", "答"}
        assert drop_unanswered(connection, [left["答"]]) == 1
        assert [one.words for one in read_unanswered(connection)] == ["新"]


def test_a_new_secret_takes_over() -> None:
    """Sealed anew, questions open with the newest secret alone; before that they do not."""
    store = open_store("sqlite://")
    keep_sealed(store, ["old"])
    _kept(store, ("tg:1", "额度"))
    keep_sealed(store, ["new"])
    with reading(store) as connection:
        assert read_unanswered(connection) == ()
    with pytest.raises(SealedError), writing(store) as connection:
        seal_anew(connection)
    keep_sealed(store, ["new", "old"])
    with writing(store) as connection:
        assert seal_anew(connection) == 1
    keep_sealed(store, ["new"])
    with reading(store) as connection:
        assert [one.words for one in read_unanswered(connection)] == ["额度"]
    store.dispose()
