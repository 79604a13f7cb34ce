"""Protection in groups on the street: what must not stand there goes, its author alone hears why, nothing is kept."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import Connection, select

from bot.channels.playground.methods.switchboard import METHODS
from bot.channels.playground.person import Person
from bot.channels.playground.place import Place
from bot.channels.playground.town.records import Letter
from bot.channels.telegram.joining import Parts
from bot.service.quotas import place_taken
from bot.store.tables import CONVERSATIONS, INBOX, JOURNAL, OUTBOX
from tests.faults.house import Neighbourhood, settled
from tests.faults.virtual import live

ID_NUMBER, CARD, PHONE = "110105194912310028", "6228480402564890018", "13812345678"
OFFER = "专业代提额，秒到账，加微信 tiexxx888"
Life = Callable[[Parts], Awaitable[None]]


class Group(Neighbourhood):
    """Carol's group with Alice and Bob; the bot reads everything and may delete, unless told otherwise."""

    def __init__(self, *, leads: bool = True, **setup: object) -> None:
        super().__init__(**setup)
        self.alice, self.bob, self.carol = map(self.person, ("alice", "bob", "carol"))
        self.place = self.street.group("Talk", self.carol, (self.alice, self.bob))
        if leads:
            self.carol.promotes(self.place, rights=("can_delete_messages",))

    def lived(self, life: Life) -> None:
        """Let something happen, and wait until the bot has nothing in hand."""

        async def go() -> None:
            async with self.awake() as parts:
                await life(parts)
                await settled(parts)

        live(self.clock, go())

    def ours(self, place: Place | None = None) -> list[str]:
        """What the bot has said in the group for everybody."""
        return [sight.text for sight in (place or self.place).messages if sight.by_bot]

    def whispered(self, who: Person) -> list[str]:
        """What the bot has said in the group to one person alone."""
        return [sight.text for sight in who.sees(self.place) if sight.by_bot and sight.text not in self.ours()]

    def privately(self, who: Person) -> list[str]:
        """What the bot has said in somebody's private chat."""
        return [sight.text for sight in who.home.messages if sight.by_bot]

    def kept(self) -> str:
        """Every row of the store that could hold words."""

        def rows(connection: Connection) -> str:
            tables = (CONVERSATIONS, INBOX, JOURNAL, OUTBOX)
            return "\n".join(str(tuple(row)) for table in tables for row in connection.execute(select(table)))

        with self.house.store.connect() as connection:
            return rows(connection)


@pytest.mark.parametrize("said", [f"我身份证 {ID_NUMBER}", f"卡 {CARD}", f"打给我 {PHONE}", "验证码是 482913"])
def test_a_number_of_somebodys_own_goes_and_its_author_alone_hears_why(
    said: str, caplog: pytest.LogCaptureFixture
) -> None:
    """The message is removed, only its author sees a word about it, and the number is in no row and no log."""
    town = Group()

    async def life(parts: Parts) -> None:
        sight = town.bob.says(town.place, said)
        await settled(parts)
        assert sight.deleted

    town.lived(life)
    assert len(town.whispered(town.bob)) == 1
    assert town.whispered(town.alice) == []
    assert town.ours() == []
    digits = said.rsplit(maxsplit=1)[-1]
    assert digits not in town.kept() + caplog.text + "".join(town.whispered(town.bob))


def test_edits_captions_contacts_and_mentions_are_looked_at_too() -> None:
    """A number that comes by a changed text, a caption, a contact, a command or a whisper to us is never kept."""
    town = Group()
    name = town.street.town.bot.username

    async def life(parts: Parts) -> None:
        sight = town.bob.says(town.place, "大家好")
        town.bob.edits(sight, f"我的号 {PHONE}")
        sights = [
            sight,
            town.alice.sends("photo", town.place, caption=f"卡 {CARD}"),
            town.bob.sends("contact", town.place),
            town.alice.says(town.place, f"/ask@{name} 我的身份证 {ID_NUMBER} 能贷吗"),
        ]
        town.alice.whispers(town.place, f"/ask@{name} {PHONE}")
        await settled(parts)
        assert all(one.deleted for one in sights)

    town.lived(life)
    assert not any(number in town.kept() for number in (ID_NUMBER, CARD, PHONE))
    assert len(town.whispered(town.bob)) == 1, "told once a minute, not with every message"


def test_where_no_whisper_is_possible_the_words_go_to_the_private_chat_or_nowhere() -> None:
    """A bot that may not whisper tells whoever has a private chat there; others are asked, seldom, to open one."""
    town = Group(leads=False, privacy=False)

    async def life(parts: Parts) -> None:
        town.alice.starts()
        await settled(parts)
        before = len(town.privately(town.alice))
        town.alice.says(town.place, PHONE)
        assert town.ours() == []
        town.bob.says(town.place, CARD)
        await settled(parts)
        town.carol.says(town.place, PHONE)
        await settled(parts)
        assert len(town.privately(town.alice)) == before + 1

    town.lived(life)
    (asked,) = town.ours()
    assert asked.endswith(f"https://t.me/{town.street.town.bot.username}?start=hello")
    assert not any(word in asked for word in ("卡", "号", "Bob", "bob", CARD[-4:]))
    assert town.privately(town.bob) == []


def test_asking_for_a_private_chat_takes_one_of_the_twenty_places_of_a_minute() -> None:
    """Where a group has had its twenty in a minute nothing is said before it; the next one who needs it is answered."""
    town = Group(leads=False, privacy=False)

    async def life(parts: Parts) -> None:
        for _ in range(18):  # removing, which is refused here, and the whisper take the others
            assert place_taken(town.house.store, f"tg:{town.place.id}", town.now()) == 0
        town.bob.says(town.place, CARD)
        await settled(parts)
        assert town.ours() == []
        await asyncio.sleep(61.0)
        town.alice.says(town.place, PHONE)
        await settled(parts)

    town.lived(life)
    assert len(town.ours()) == 1


@pytest.mark.parametrize("ignorance", ["no such method", "shows it to all"])
def test_a_server_that_knows_no_whispers_never_shows_one_to_the_group(
    ignorance: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An older server would post a whisper for everybody: it is found out before, or the message is gone at once."""
    town = Group()
    monkeypatch.setattr("bot.channels.playground.methods.placing.asked_whisper", lambda *_call: None)
    if ignorance == "no such method":
        monkeypatch.delitem(METHODS, "deleteephemeralmessage")

    async def life(parts: Parts) -> None:
        town.bob.starts()
        await settled(parts)
        town.bob.says(town.place, PHONE)
        await settled(parts)
        town.alice.says(town.place, CARD)
        await settled(parts)

    town.lived(life)
    assert [text for text in town.ours() if "?start=hello" not in text] == []
    shown = [
        one
        for one in town.place.chat.messages.values()
        if one.sender == town.street.town.bot.id and "?start=" not in str(one.content)
    ]
    assert len(shown) == (0 if ignorance == "no such method" else 1), "and after the first there is no other"
    assert any("手机号" in text for text in town.privately(town.bob))


def test_an_offer_goes_and_everybody_is_warned_once() -> None:
    """Offers are removed; one card warns of all that come within minutes, and a later one gets a card of its own."""
    town = Group()

    async def life(parts: Parts) -> None:
        sights = [town.bob.says(town.place, f"{OFFER}{number}") for number in range(8)]
        await settled(parts)
        assert all(sight.deleted for sight in sights)
        assert len(town.ours()) == 1
        town.clock.advance(301)
        town.bob.says(town.place, OFFER)
        await settled(parts)
        assert len(town.ours()) == 2

    town.lived(life)
    assert "tiexxx888" not in town.kept() + "".join(town.ours())
    assert town.whispered(town.bob) == []


def test_who_asks_or_warns_of_an_offer_or_leads_the_group_is_never_removed() -> None:
    """Honest talk stays; a forwarded offer and one by whoever leads the group are warned of at most."""
    town = Group()

    async def life(parts: Parts) -> None:
        offer = town.bob.says(town.bob.home, OFFER)
        sights = [
            town.alice.says(town.place, "代提额是骗人的吗"),
            town.alice.says(town.place, "群里有人发“代提额，加微信”，大家别信"),
            town.bob.forwards(offer, town.place),
            town.carol.says(town.place, OFFER),
            town.carol.says(town.place, OFFER, speaks_as="group"),
        ]
        await settled(parts)
        assert not any(sight.deleted for sight in sights)

    town.lived(life)
    assert len(town.ours()) == 1


def test_a_bot_without_the_right_to_delete_warns_and_tries_no_more() -> None:
    """Demoted, it is refused once for each finding, delivers what else it has to say, and nothing is tried again."""
    town = Group(privacy=False)
    town.carol.demotes(town.place)

    async def life(parts: Parts) -> None:
        sight = town.bob.says(town.place, OFFER)
        await settled(parts)
        assert not sight.deleted
        assert len(town.ours()) == 1
        assert parts.postman.counts["never.refused"] == 1
        await settled(parts, 90.0)
        assert parts.postman.counts["never.refused"] == 1

    town.lived(life)
    assert "removes" not in town.kept()


def test_kicked_or_in_a_closed_topic_it_is_silent() -> None:
    """What is promised to a group that threw the bot out is let go, and so is what a closed topic refuses."""
    town = Group(privacy=False)
    forum = town.street.group("Forum", town.carol, (town.alice, town.bob), forum=True)
    name = town.street.town.bot.username

    async def life(parts: Parts) -> None:
        topic = town.carol.opens_topic(forum, "credit")
        town.carol.closes_topic(forum, topic)
        town.carol.says(forum, f"/ask@{name} 提前还款会不会影响额度", Letter(thread=topic))
        await settled(parts)
        assert town.ours(forum) == []
        assert parts.postman.counts["never.topic closed"] == 1
        town.bob.says(town.place, OFFER)
        town.carol.kicks(town.place)
        await settled(parts, 90.0)
        assert not parts.worker.busy

    town.lived(life)
    assert town.ours() == []
    with town.house.store.connect() as connection:
        assert connection.execute(select(OUTBOX)).all() == []
