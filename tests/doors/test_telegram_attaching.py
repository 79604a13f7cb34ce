"""Files in Telegram: charts and papers arrive with their words and buttons, once, in order, or are told in words."""

from __future__ import annotations

import asyncio
import json
from itertools import count

import pytest

from bot.channels.playground.faces.http import serve
from bot.channels.playground.person import Person
from bot.channels.playground.sights import Sight
from bot.channels.telegram import attaching
from bot.channels.telegram.attaching import Attachments
from bot.channels.telegram.joining import at_once
from bot.channels.telegram.rendering import LONGEST_CAPTION, render
from bot.channels.telegram.transport import make_bot
from bot.dialogue.messages import Button, Fan, Paper, Picture, Reply, Table, Text, Waterfall
from bot.documents.making import make_paper
from bot.documents.picturing import draw_picture
from bot.store.counting import count_waiting
from bot.store.engine import reading, writing
from bot.store.outbox import promise
from tests.faults.house import Neighbourhood, card, settled
from tests.faults.virtual import live

FAN = Fan(title="未来的额度", months=(0, 6, 12), without=((3e4,) * 3, (2e4, 3e4, 5e4), (2e4, 4e4, 7e4)))
PICTURE = Picture(of=FAN, caption="只是**估计**。")
PAPER = Paper(form="export", name="我的 数据.json", caption="都在这里。", content={"月收入": 8000})
BUTTONS = ((Button(label="回到菜单", action="menu:"),),)


NAMES = (f"alice{number}" for number in count())


@pytest.fixture(scope="module")
def town() -> Neighbourhood:
    """One town for all: it takes seconds to found."""
    return Neighbourhood()


@pytest.fixture
def who(town: Neighbourhood) -> Person:
    """Somebody new, whom the bot may write to."""
    person = town.person(next(NAMES))
    person.starts()
    town.street.town.updates.waiting.clear()
    return person


def _promised(town: Neighbourhood, name: str, *replies: Reply) -> None:
    with writing(town.house.store) as connection:
        promise(connection, name, 0, replies)


def _sent(town: Neighbourhood, who: Person, *replies: Reply) -> list[Sight]:
    """What somebody sees of the bot after it was started with these promises."""
    _promised(town, f"tg:{who.id}", *replies)
    _wake(town)
    return [sight for sight in who.home.messages if sight.by_bot]


def _wake(town: Neighbourhood) -> None:
    """Let the bot work until nothing is promised any more."""

    async def life() -> None:
        async with town.awake() as parts:
            await settled(parts)
            while _waiting(town):  # noqa: ASYNC110 - deliveries tell nobody of their end
                await asyncio.sleep(1)

    live(town.clock, life())


def _waiting(town: Neighbourhood) -> int:
    with reading(town.house.store) as connection:
        return count_waiting(connection, 0).promises


def test_a_chart_is_a_photo_with_its_words_and_buttons(town: Neighbourhood, who: Person) -> None:
    """Words that fit stand under the picture in their order, the buttons under them."""
    reply = Reply(blocks=(Text(markup="先看图。"), PICTURE, Text(markup="再看字。")), buttons=BUTTONS)
    (photo,) = _sent(town, who, reply)
    assert photo.kind == "photo"
    assert photo.data.startswith(b"\x89PNG")
    assert photo.text == "先看图。\n\n只是估计。\n\n再看字。"
    assert photo.labels == ["回到菜单"]


def test_long_words_follow_the_chart(town: Neighbourhood, who: Person) -> None:
    """What does not fit under the picture is a message of its own after it, with the buttons."""
    long = "这一句话不短。" * 200
    photo, words = _sent(town, who, Reply(blocks=(PICTURE, Text(markup=long)), buttons=BUTTONS))
    assert (photo.kind, photo.text, photo.labels) == ("photo", "只是估计。", [])
    assert (words.kind, words.text, words.labels) == ("text", long, ["回到菜单"])


def test_a_caption_that_is_too_long_follows_as_words(town: Neighbourhood, who: Person) -> None:
    """A picture is never lost for its own caption."""
    long = "说明。" * 400
    replies = Reply(blocks=(PICTURE.model_copy(update={"caption": long}),))
    photo, words = _sent(town, who, replies)
    assert (photo.kind, photo.text) == ("photo", "")
    assert words.text == long


def test_a_paper_is_a_document_under_its_name(town: Neighbourhood, who: Person) -> None:
    """The file has its name and content, its caption and the buttons."""
    (sight,) = _sent(town, who, Reply(blocks=(PAPER,), buttons=BUTTONS))
    assert (sight.kind, sight.file_name, sight.text) == ("document", "我的 数据.json", "都在这里。")
    assert json.loads(sight.data) == {"月收入": 8000}
    assert sight.labels == ["回到菜单"]


def test_several_files_go_out_in_order(town: Neighbourhood, who: Person) -> None:
    """Each file has its own caption; the words that belong to none come last."""
    falls = Picture(of=Waterfall(title="原因", start=("一般", 2e4), steps=(("按时", 1e4),), end=("你", 3e4)), dark=True)
    seen = _sent(town, who, Reply(blocks=(PICTURE, Text(markup="完。"), PAPER, falls), buttons=BUTTONS))
    assert [(sight.kind, sight.text) for sight in seen] == [
        ("photo", "只是估计。"),
        ("document", "都在这里。"),
        ("photo", ""),
        ("text", "完。"),
    ]
    assert [bool(sight.labels) for sight in seen] == [False, False, False, True]


@pytest.mark.parametrize("kind", ["drop_before", "too_many", "bad_gateway"])
@pytest.mark.parametrize("method", ["sendPhoto", "sendMessage"])
def test_in_bad_weather_everything_comes_once_and_in_order(
    town: Neighbourhood, who: Person, kind: str, method: str
) -> None:
    """What failed is sent again, and a picture that is there already is not."""
    town.street.weather.write(kind, method, times=2)
    first = Reply(blocks=(PICTURE, Text(markup="长。" * 600)))
    seen = _sent(town, who, first, Reply(blocks=(Text(markup="最后。"),)))
    assert [sight.kind for sight in seen] == ["photo", "text", "text"]
    assert seen[-1].text == "最后。"


def test_a_picture_that_is_out_stays_out_over_a_restart(town: Neighbourhood, who: Person) -> None:
    """A bot that ends between a picture and the words after it goes on with the words."""
    town.street.weather.write("too_many", "sendMessage", seconds=600)
    _promised(town, f"tg:{who.id}", Reply(blocks=(PICTURE, Text(markup="长。" * 600))))

    async def life() -> None:
        async with town.awake() as parts:
            await settled(parts)

    live(town.clock, life())
    assert [sight.kind for sight in who.home.messages if sight.by_bot] == ["photo"]
    _wake(town)
    assert [sight.kind for sight in who.home.messages if sight.by_bot] == ["photo", "text"]


def test_a_picture_that_is_refused_is_told_in_words(town: Neighbourhood, who: Person) -> None:
    """A group that takes no photos reads the ranges, and what comes after arrives too."""
    group = town.street.group("Talk", who)
    group.chat.permissions["can_send_photos"] = False
    _promised(town, f"tg:{group.id}", Reply(blocks=(PICTURE,)), Reply(blocks=(Text(markup="后面。"),)))
    _wake(town)
    told = [sight.text for sight in group.messages if sight.by_bot and sight.kind == "text"]
    assert "未来的额度" in told[0]
    assert "只是估计。" in told[0]
    assert "70,000" in told[0]
    assert told[1] == "后面。"


@pytest.mark.parametrize(("block", "words"), [(PICTURE, "70,000"), (PAPER, "没发出来")])
def test_what_cannot_be_made_is_told_in_words(
    town: Neighbourhood,
    who: Person,
    block: Picture | Paper,
    words: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A broken file costs nobody the words, and the log says its kind and place without a word of it."""

    def broken(*_args: object) -> None:
        raise ValueError("8000 in secret")

    monkeypatch.setattr(attaching, "draw_picture", broken)
    monkeypatch.setattr(attaching, "make_paper", broken)
    (sight,) = _sent(town, who, Reply(blocks=(block,), buttons=BUTTONS))
    assert sight.kind == "text"
    assert words in sight.text
    assert sight.labels == ["回到菜单"]
    assert "ValueError at test_telegram_attaching.py" in caplog.text
    assert "8000" not in caplog.text


def test_a_card_that_is_a_picture_is_followed_by_a_new_one(town: Neighbourhood) -> None:
    """Words cannot take the place of a picture: they come below, and the picture loses its buttons."""
    who = town.person(next(NAMES))
    who.starts()
    _wake(town)
    _promised(town, f"tg:{who.id}", Reply(blocks=(PICTURE,), buttons=BUTTONS, slot="card"))
    _wake(town)
    photo = card(who)
    assert photo.kind == "photo"
    who.presses(photo, "回到菜单")
    _wake(town)
    assert card(who).kind == "text"
    assert not who.home.message(photo.id).rows


def test_a_caption_never_grows_beyond_what_is_taken() -> None:
    """Whatever is said beside a file, each caption has at most 1024 units, and no word is lost."""
    for length in (100, 340, 341, 342, 700):
        reply = Reply(blocks=(PICTURE, Text(markup="一二三" * length), Table(header=("a", "b"), rows=(("c", "d"),))))
        shown = render(reply, str, enclosing=True)
        assert len(shown.parts[0]) - len("<b></b>") * 2 <= LONGEST_CAPTION
        assert "".join(shown.parts).count("一二三") == length


def test_files_go_up_over_the_wire_as_they_were_made(town: Neighbourhood, who: Person) -> None:
    """Through the product's own transport a chart arrives byte for byte, a paper under its Chinese name."""
    phrases = town.house.library.phrases

    async def run() -> None:
        async with serve(town.street) as at, make_bot(town.street.token, at.root) as bot:
            files = Attachments(bot, lambda: phrases, at_once)
            keyboard = {"inline_keyboard": [[{"text": "好", "callback_data": "x"}]]}
            await files.send(who.id, PICTURE, "<b>图</b>", {"reply_markup": keyboard})
            await files.send(who.id, PAPER, "", {})

    asyncio.run(run())
    photo, paper = [sight for sight in who.home.messages if sight.by_bot]
    assert photo.data == draw_picture(PICTURE, phrases)
    assert (photo.text, photo.labels) == ("图", ["好"])
    assert (paper.file_name, paper.data) == make_paper(PAPER, phrases)[::2]


def test_the_first_result_comes_with_its_chart(town: Neighbourhood) -> None:
    """Who answers every question by its first choice gets the months ahead as a photo, once, before the result."""
    who = town.person(next(NAMES))

    async def life() -> None:
        async with town.awake() as parts:
            who.starts()
            await settled(parts)
            for _ in range(60):
                if any(sight.kind == "photo" for sight in who.home.messages):
                    break
                who.presses(card(who), card(who).labels[0])
                await settled(parts)

    live(town.clock, life())
    before, photo, result = who.home.messages[-3:]
    assert [before.kind, photo.kind, result.kind] == ["text", "photo", "text"]
    assert photo.data.startswith(b"\x89PNG")
    assert photo.text
    assert not photo.labels
    assert result.labels
