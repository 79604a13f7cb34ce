"""Scammers' tricks in a group: hidden links, via bots, adverts passed on, captions, odd spellings, later edits."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from bot.channels.telegram.guarding import Guardian
from bot.channels.telegram.heard import Heard
from bot.channels.telegram.joining import Parts
from bot.channels.telegram.translating import arrival_of, read_update
from bot.consultation.protecting import found_in
from tests.consultation.gathering import Gathering, moments
from tests.consultation.protecting_measured import library
from tests.faults.named import lived

NOW = dt.datetime(2026, 11, 22, 10, 0, tzinfo=dt.UTC)
BAIT, OFFER = "专业强开额度，详情见", "专业强开额度，不看征信，加我微信 abc12345"
SOMEBODY = {"id": 9, "is_bot": False, "first_name": "S", "language_code": "zh-hans"}
BOT = {"id": 10, "is_bot": True, "first_name": "B", "username": "b_bot"}
CHANNEL = {"id": -1002, "type": "channel", "title": "Loans"}
LINK = {"type": "text_link", "offset": 0, "length": 4, "url": "https://example.org/loan"}
SPOILER = {"type": "spoiler", "offset": 0, "length": 9}
PHOTO = [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]


def found(kind: str = "message", **message: object) -> str | None:
    """What is found in a message of a group."""
    chat = {"id": -1001, "type": "supergroup", "title": "G"}
    whole = {"message_id": 7, "date": 1_800_000_000, "chat": chat, "from": SOMEBODY, **message}
    whole |= {"edit_date": 1_800_000_100} if kind == "edited_message" else {}
    update = {"update_id": 1, kind: whole}
    guardian = Guardian(lambda: NOW, lambda: library().lures)
    heard: Heard = guardian.looked(update, arrival_of(read_update(update), b"k" * 32, "guide_bot", NOW))
    return None if heard.arrival is None else heard.arrival.found


def origin(kind: str, **more: object) -> dict[str, object]:
    """Where a forwarded message comes from."""
    return {"forward_origin": {"type": kind, "date": 1_800_000_000, **more}}


@pytest.mark.parametrize(
    "message",
    [
        {"text": BAIT, "entities": [LINK]},
        {"text": OFFER, "entities": [SPOILER]},
        {"photo": PHOTO, "caption": OFFER},
        {"photo": PHOTO, "caption": BAIT, "caption_entities": [LINK]},
        {"text": OFFER, "via_bot": BOT},
        {"text": BAIT, "via_bot": BOT, "reply_markup": {"inline_keyboard": [[{"text": "go", "url": "https://x.cn"}]]}},
        {"text": BAIT, "reply_markup": {"inline_keyboard": [[{"text": "加我微信", "callback_data": "x"}]]}},
        {"text": OFFER, **origin("channel", chat=CHANNEL, message_id=3)},
        {"text": OFFER, **origin("user", sender_user=BOT)},
        {
            "poll": {
                "id": "1",
                "question": "额度？",
                "options": [{"text": OFFER, "voter_count": 0, "persistent_id": "1"}],
            }
        },
        {"text": "+1", "quote": {"text": OFFER, "position": 0}},
    ],
    ids="+".join,
)
@pytest.mark.parametrize("kind", ["message", "edited_message"])
def test_an_offer_is_found_wherever_it_hides(kind: str, message: dict[str, Any]) -> None:
    """Under a link, in a caption, by a bot, from a channel, in a poll: new or edited in later, it is an offer."""
    if "poll" in message:
        rest = {"total_voter_count": 0, "is_closed": False, "is_anonymous": True, "type": "regular"}
        more = {"allows_multiple_answers": False, "allows_revoting": False, "members_only": False}
        message = {"poll": {**message["poll"], **rest, **more}}
    assert found(kind, **message) == "offer"


@pytest.mark.parametrize(
    "message",
    [
        {"text": OFFER, **origin("user", sender_user=SOMEBODY)},
        {"text": OFFER, **origin("hidden_user", sender_user_name="x")},
        {"text": "这个强开额度的链接是真的吗？", "entities": [LINK]},
        {"photo": PHOTO, "caption": "有人发我这个：专业强开额度，加微信，是骗子吗"},
    ],
    ids="+".join,
)
def test_whoever_asks_about_one_is_not_taken_for_a_scammer(message: dict[str, Any]) -> None:
    """A friend's message passed on, a link or a picture with a question: a warning at most, nothing is removed."""
    assert found(**message) == "lure"


@pytest.mark.parametrize(
    "words",
    [
        "\u4e13\u200b\u4e1a\u200b\u5f3a\u200b\u5f00\u200b\u989d\u200b\u5ea6\uff0c\u52a0\u2060\u6211\u5fae\u4fe1",
        "强开ｅ度，额度代开 ＋Ｖ ａｂｃ１２３４５",
        "内部渠道提額，薇❤：abc888",
        "强🔥开🔥额🔥度 加🔥我",
        "r a i s e your l i m i t, contact @fast_limit",
        "R\u0430ise y\u043eur limit fast, c\u043entact @fast_limit",
        "\U0001d5ff\U0001d5ee\U0001d5f6\U0001d600\U0001d5f2 your limit, DM me",
    ],
)
def test_odd_spellings_are_read(words: str) -> None:
    """Zero-width marks, full width, letters apart, letters of other alphabets, pictures in between: all the same."""
    assert found_in(words, library().lures) == "offer"


def test_an_honest_message_that_becomes_an_offer_goes() -> None:
    """On the street: what was honest stays, and is removed once it is edited into an offer; captions go too."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        town.ada.promotes(town.group)
        said = town.olga.says(town.group, "大家好，今天额度怎么样？")
        await moments(parts)
        assert not town.group.message(said.id).deleted
        town.olga.edits(said, OFFER)
        shown = town.olga.sends("photo", town.group, caption=OFFER)
        await moments(parts)
        assert town.group.message(said.id).deleted
        assert town.group.message(shown.id).deleted
        assert (
            sum(
                "somebody has just made an offer" in sight.text or "招揽" in sight.text for sight in town.group.messages
            )
            == 1
        )

    lived(town, life)
