"""Translating: every kind of update that the street can make is heard for what it is, and none is a crash."""

from __future__ import annotations

import datetime as dt
import logging
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram import CallbackQuery, Chat, InaccessibleMessage, Update, User

from bot.channels.playground.sights import Sight
from bot.channels.playground.town.records import Letter
from bot.channels.playground.wire import Wire
from bot.channels.telegram.heard import Heard
from bot.channels.telegram.sealing import seal
from bot.channels.telegram.translating import arrival_of, read_update
from bot.dialogue.messages import Arrival
from tests.street.stage import Stage

AT = dt.datetime(2026, 11, 21, 10, 0, tzinfo=dt.UTC)
KEY = b"k" * 32


@dataclass
class Scene:
    """A stage whose updates are heard."""

    stage: Stage = field(default_factory=Stage)

    @property
    def name(self) -> str:
        """Our name."""
        return self.stage.street.town.bot.username

    def all(self, open_message: int | None = None) -> list[Heard]:
        """Everything that waits, as it is heard."""
        return [self.hear(told, open_message) for told in self.stage.updates()]

    def hear(self, told: Wire, open_message: int | None = None) -> Heard:
        """One update as it is heard; the lightened reading and the full one must agree."""
        heard = arrival_of(read_update(told), KEY, self.name, AT, open_message)
        assert heard == arrival_of(Update.de_json(dict(told), None), KEY, self.name, AT, open_message)
        assert (heard.arrival is None) != (heard.reason == "")
        return heard

    def last(self, open_message: int | None = None) -> Heard:
        """The newest update as it is heard."""
        return self.all(open_message)[-1]

    def card(self, chat: int, who: int, action: str = "pick:kind:0", revision: int = 5) -> Sight:
        """A message of ours with one button ``x`` sealed for somebody."""
        data = seal(KEY, who, revision, action)
        markup = {"inline_keyboard": [[{"text": "x", "callback_data": data}]]}
        number = self.stage.call("sendMessage", chat_id=chat, text="card", reply_markup=markup).result["message_id"]
        return Sight(self.stage.street.town, self.stage.street.town.chats[chat].messages[number])


@pytest.fixture
def scene() -> Scene:
    """Alice, Bob and Carol, and nothing waiting."""
    return Scene()


def test_a_text_in_private_arrives(scene: Scene) -> None:
    """A typed text is heard with its chat, its speaker and their language, once and for the moment given."""
    alice = scene.stage.alice
    sight = alice.says(alice.home, " 3万5 ")
    heard = scene.last()
    assert heard.arrival == Arrival(key=heard.key, at=AT, text="3万5", locale=alice.user.language)
    assert (heard.kind, heard.chat_kind, heard.group) == ("message", "private", False)
    assert (heard.chat_id, heard.user_id, heard.message_id) == (alice.id, alice.id, sight.id)
    assert heard.conversation == f"tg:{alice.id}"
    assert heard.key == f"tg:{heard.update_id}"


@pytest.mark.parametrize(
    ("said", "command", "text"),
    [
        ("/start", "start", ""),
        ("/start abc_DEF-1", "start", "abc_DEF-1"),
        ("/ASK@{bot}  提前还款 要钱吗", "ask", "提前还款 要钱吗"),
        ("/ask\n第一行\n第二行", "ask", "第一行\n第二行"),
        ("/3万", None, "/3万"),
        ("/ no", None, "/ no"),
        ("1/2", None, "1/2"),
        ("a\u202eb\u200bc", None, "abc"),
    ],
)
def test_commands_and_texts(scene: Scene, said: str, command: str | None, text: str) -> None:
    """A command comes with its argument, in small letters and without our name; all else is a text."""
    alice = scene.stage.alice
    alice.says(alice.home, said.format(bot=scene.name))
    arrival = scene.last().arrival
    assert arrival is not None
    assert (arrival.command, arrival.text) == (command, text)


@pytest.mark.parametrize("kind", ["photo", "voice", "sticker", "video", "document", "contact", "location", "dice"])
def test_what_cannot_be_read_is_named(scene: Scene, kind: str) -> None:
    """A picture, a voice and the like arrive as media of their kind, also with words under them."""
    alice = scene.stage.alice
    alice.sends(kind, alice.home, caption="" if kind in {"contact", "location", "dice", "sticker"} else "8000")
    arrival = scene.last().arrival
    assert arrival is not None
    assert (arrival.media, arrival.text, arrival.command, arrival.action) == (kind, None, None, None)


def test_a_press_arrives_for_its_owner(scene: Scene) -> None:
    """An honest press brings the action and the revision of its card, and the query to be answered."""
    alice = scene.stage.alice
    card = scene.card(alice.id, alice.id)
    press = alice.presses(card, "x")
    heard = scene.last()
    assert heard.arrival == Arrival(key=heard.key, at=AT, action="pick:kind:0", revision=5, locale=alice.user.language)
    assert (heard.kind, heard.query_id, heard.message_id) == ("callback_query", press.id, card.id)
    assert heard.conversation == f"tg:{alice.id}"


@pytest.mark.parametrize("data", ["", "x", "pick:kind:0", "5..pick:kind:0", "5.AAAAAAAAAAA.pick:kind:0", "额" * 20])
def test_a_forged_press_is_refused(scene: Scene, data: str) -> None:
    """Data that we never sealed say nothing, but the query can still be answered."""
    alice = scene.stage.alice
    alice.forges(scene.card(alice.id, alice.id), data)
    heard = scene.last()
    assert (heard.arrival, heard.reason) == (None, "forged")
    assert heard.query_id


def test_a_press_in_a_group(scene: Scene) -> None:
    """In a group only the owner presses a personal card, and everybody a card that was made for the group."""
    stage = scene.stage
    mine = scene.card(stage.talk.id, stage.alice.id)
    stage.bob.presses(mine, "x")
    assert scene.last().reason == "foreign"
    stage.alice.presses(mine, "x")
    assert scene.last().arrival is not None
    stage.bob.presses(scene.card(stage.talk.id, stage.talk.id, "case:a"), "x")
    heard = scene.last()
    assert heard.arrival is not None
    assert (heard.arrival.action, heard.user_id, heard.group) == ("case:a", stage.bob.id, True)


def test_an_edit_says_again_only_what_is_still_open(scene: Scene) -> None:
    """A changed text counts while nothing has come of it; a change of an older one answers no newer card."""
    alice = scene.stage.alice
    older, newer = alice.says(alice.home, "3万"), alice.says(alice.home, "hm")
    alice.edits(older, "5万")
    assert scene.last(newer.id).reason == "edited"
    alice.edits(newer, "8000")
    assert scene.last().reason == "edited"
    heard = scene.last(newer.id)
    assert heard.edited
    assert heard.arrival is not None
    assert (heard.arrival.text, heard.message_id) == ("8000", newer.id)


def test_a_changed_picture_says_nothing(scene: Scene) -> None:
    """New words under a picture are no answer, whichever message is open."""
    alice = scene.stage.alice
    photo = alice.sends("photo", alice.home, caption="a")
    told = scene.stage.updates()[-1]
    changed = {"update_id": told["update_id"] + 1, "edited_message": told["message"] | {"caption": "8000"}}
    heard = scene.hear(changed, photo.id)
    assert (heard.arrival, heard.reason, heard.edited) == (None, "edited", True)


def test_blocking_and_coming_back(scene: Scene) -> None:
    """Whoever blocks the bot, or lets it write again, says so by it."""
    scene.stage.alice.blocks()
    assert (scene.last().reason, scene.last().user_id) == ("blocked", scene.stage.alice.id)
    scene.stage.alice.unblocks()
    assert scene.last().reason == "unblocked"


def test_talk_in_a_group_is_left_alone() -> None:
    """Only commands, mentions and answers to us are heard in a group, without our name in them."""
    scene = Scene(Stage(privacy=False))
    stage, place = scene.stage, scene.stage.talk
    stage.bob.says(place, "我月入一万")
    assert scene.last().reason == "not_addressed"
    stage.bob.says(place, f"@{scene.name}xyz hello")
    assert scene.last().reason == "not_addressed"
    stage.bob.sends("photo", place)
    assert scene.last().reason == "not_addressed"
    stage.bob.says(place, f"请问 @{scene.name.upper()} 提前还款要钱吗")
    heard = scene.last()
    assert heard.arrival is not None
    assert (heard.arrival.text, heard.group, heard.conversation) == ("请问 提前还款要钱吗", True, f"tg:{place.id}")
    ours = scene.card(place.id, place.id)
    stage.bob.says(place, "为什么", Letter(reply_to=ours.id))
    answer = scene.last().arrival
    assert answer is not None
    assert answer.text == "为什么"


def test_commands_in_a_group_and_its_topics(scene: Scene) -> None:
    """A command for us arrives with its topic; one for another bot does not."""
    stage = scene.stage
    topic = stage.carol.opens_topic(stage.forum, "credit")
    stage.bob.says(stage.forum, f"/consult@{scene.name} 车贷", Letter(thread=topic))
    heard = scene.last()
    assert heard.arrival is not None
    assert (heard.arrival.command, heard.arrival.text, heard.thread_id) == ("consult", "车贷", topic)
    told = stage.updates()[-1]
    told["message"]["text"] = "/consult@some_other_bot 车贷"
    assert scene.hear(told).reason == "other_bot"


def test_nobody_in_particular_is_not_heard(scene: Scene) -> None:
    """An administrator who hides behind the group, a channel and another bot are no persons."""
    stage = scene.stage
    stage.carol.says(stage.talk, f"/close@{scene.name}", speaks_as="group")
    assert scene.last().reason == "anonymous"
    stage.carol.says(stage.talk, f"/close@{scene.name}", speaks_as="Some channel")
    assert scene.last().reason == "channel"
    told = stage.updates()[-1]
    del told["message"]["sender_chat"]
    assert scene.hear(told).reason == "bot"


def test_what_was_forwarded_is_heard_but_marked(scene: Scene) -> None:
    """Forwarded words are words, yet nobody's command."""
    stage = scene.stage
    said = stage.bob.says(stage.talk, f"/admin@{scene.name}")
    stage.alice.forwards(said, stage.alice.home)
    heard = scene.last()
    assert heard.secondhand
    assert heard.arrival is not None
    assert heard.arrival.command == "admin"
    assert not scene.all()[0].secondhand


def test_a_group_that_moves_names_both_ids(scene: Scene) -> None:
    """Whichever of the two notices comes, it says which id became which."""
    stage = scene.stage
    place = stage.carol.moves(stage.small)
    moved = [heard for heard in scene.all() if heard.reason == "moved"]
    assert len(moved) == 2
    assert {(heard.chat_id, heard.moved_to) for heard in moved} == {(stage.small.id, place.id)}


def test_coming_going_and_rights_in_groups(scene: Scene) -> None:
    """Being brought into a group, promoted and thrown out are told apart."""
    stage = scene.stage
    stage.carol.promotes(stage.talk)
    assert scene.last().reason == "rights"
    stage.carol.kicks(stage.talk)
    assert [heard.reason for heard in scene.all() if heard.kind == "my_chat_member"][-1] == "removed"
    told = next(one for one in stage.updates()[::-1] if "my_chat_member" in one)
    change = told["my_chat_member"]
    change["old_chat_member"], change["new_chat_member"] = change["new_chat_member"], change["old_chat_member"]
    assert scene.hear(told).reason == "added"


def test_a_member_demoted_is_told(scene: Scene) -> None:
    """Where we asked for it, a member's new standing is heard with whose it is."""
    stage = scene.stage
    stage.carol.promotes(stage.talk)
    stage.call("getUpdates", allowed_updates=["chat_member", "message"])
    stage.carol.promotes(stage.talk, stage.bob)
    heard = scene.last()
    assert (heard.reason, heard.user_id, heard.chat_id) == ("member", stage.bob.id, stage.talk.id)


def test_events_in_a_chat_are_no_words(scene: Scene) -> None:
    """Somebody who joins, a pinned message and the like are events."""
    scene.stage.dan.joins(scene.stage.talk)
    assert "service" in {heard.reason for heard in scene.all()}


def test_a_whisper_is_heard_with_its_number(scene: Scene) -> None:
    """A message that only we can see, newer than the library, is heard and can be answered in kind."""
    stage = scene.stage
    stage.bob.whispers(stage.talk, f"/ask@{scene.name} 问")
    heard = scene.last()
    assert heard.arrival is not None
    assert heard.arrival.command == "ask"
    assert (heard.message_id, heard.whisper) == (None, 1)


def test_kinds_from_the_future_are_unknown_and_kept() -> None:
    """An update of a kind that nobody knows yet has a name and a reason; unknown fields of a known one do no harm."""
    scene = Scene()
    heard = scene.hear({"update_id": 9, "thought": {"id": 1}})
    assert (heard.kind, heard.reason, heard.conversation) == ("thought", "unknown", "")
    assert scene.hear({"update_id": 9}).kind == "unknown"
    alice = scene.stage.alice
    alice.says(alice.home, "8000")
    told = scene.stage.updates()[-1]
    told["message"] |= {"mood": "curious"}
    told["message"]["from"] |= {"mood": "curious"}
    arrival = scene.hear(told | {"urgency": 3}).arrival
    assert arrival is not None
    assert arrival.text == "8000"
    del told["message"]["text"]
    assert scene.hear(told).arrival == Arrival(key=arrival.key, at=AT, media="unknown", locale=alice.user.language)


def test_presses_without_a_message_and_games_are_unknown(scene: Scene) -> None:
    """A press on something that we did not send as a message is answered, not obeyed."""
    alice = scene.stage.alice
    alice.presses(scene.card(alice.id, alice.id), "x")
    told = scene.stage.updates()[-1]
    query = told["callback_query"]
    far = {**query, "message": {"chat": query["message"]["chat"], "message_id": 3, "date": 0}}
    heard = scene.hear({**told, "callback_query": far})
    assert heard.arrival is not None
    assert (heard.chat_id, heard.message_id) == (alice.id, 3)
    in_group = {**far, "message": {**far["message"], "chat": {"id": -5, "type": "group", "title": "g"}}}
    assert scene.hear({**told, "callback_query": in_group}).chat_id == -5
    inline = {name: value for name, value in query.items() if name != "message"} | {"inline_message_id": "9"}
    assert scene.hear({**told, "callback_query": inline}).reason == "unknown"
    game = {name: value for name, value in query.items() if name != "data"} | {"game_short_name": "g"}
    assert scene.hear({**told, "callback_query": game}).reason == "unknown"


def test_a_press_on_a_card_too_old_to_be_read_counts() -> None:
    """A card that Telegram itself cannot show any more is still the owner's, however the library tells of it."""
    user = User(7, "A", is_bot=False)
    card = InaccessibleMessage(Chat(7, Chat.PRIVATE), 3)
    query = CallbackQuery("1", user, "c", message=card, data=seal(KEY, 7, 5, "now:"))
    heard = arrival_of(Update(1, callback_query=query), KEY, "guide_bot", AT)
    assert heard.arrival is not None
    assert (heard.arrival.action, heard.conversation, heard.message_id) == ("now:", "tg:7", 3)


def test_channels_are_not_for_us(scene: Scene) -> None:
    """What happens in a channel has its own reason."""
    post = {"message_id": 1, "date": 1, "chat": {"id": -1009, "type": "channel", "title": "c"}, "text": "x"}
    assert scene.hear({"update_id": 1, "channel_post": post}).reason == "channel"
    assert scene.hear({"update_id": 1, "message": post}).reason == "channel"
    stage = scene.stage
    stage.carol.promotes(stage.talk)
    told = next(one for one in stage.updates() if "my_chat_member" in one)
    told["my_chat_member"]["chat"] = post["chat"]
    assert scene.hear(told).reason == "channel"


def _lives(stage: Stage) -> None:
    """A busy day, with a little of everything."""
    alice, bob, carol = stage.alice, stage.bob, stage.carol
    carol.promotes(stage.talk)
    poll = stage.call(
        "sendPoll", chat_id=stage.talk.id, question="?", options=[{"text": "a"}, {"text": "b"}], is_anonymous=False
    )
    board = Sight(stage.street.town, stage.street.town.chats[stage.talk.id].messages[poll.result["message_id"]])
    bob.votes(board, "a")
    bob.reacts(board, "👍")
    said = alice.says(alice.home, "a")
    alice.edits(said, "b")
    alice.forwards(said, alice.home)
    alice.sends("photo", alice.home, caption="c")
    stage.dan.joins(stage.talk)
    stage.dan.leaves(stage.talk)
    carol.restricts(stage.talk, bob)
    carol.moves(stage.small)
    topic = carol.opens_topic(stage.forum, "t")
    carol.closes_topic(stage.forum, topic)
    alice.blocks()


def test_whatever_the_street_brings_is_heard(scene: Scene) -> None:
    """Of a busy day with every kind of update asked for, each is heard or has its reason, and none is a crash."""
    kinds = [*Update.ALL_TYPES]
    scene.stage.call("getUpdates", allowed_updates=kinds)
    _lives(scene.stage)
    heard = scene.all()
    assert len({one.key for one in heard}) == len(heard) > 12
    assert {one.kind for one in heard} >= {
        "message",
        "edited_message",
        "poll_answer",
        "message_reaction",
        "chat_member",
    }


def test_nothing_personal_is_logged(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    """Hearing writes nothing down."""
    caplog.set_level(logging.DEBUG)
    alice = scene.stage.alice
    alice.says(alice.home, "6222 0200 0000 0000")
    scene.all()
    assert caplog.text == ""


VALUES: st.SearchStrategy[object] = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=100, deadline=None)
@given(st.text(), st.dictionaries(st.text(min_size=1, max_size=10), VALUES, max_size=4))
def test_any_words_and_any_new_fields_are_heard(words: str, new: dict[str, object]) -> None:
    """Whatever is typed, and whatever fields Telegram adds, comes in as words of a person."""
    chat = {"id": 7, "type": "private", "first_name": "A"}
    sender = {"id": 7, "is_bot": False, "first_name": "A"}
    known = {"message_id": 1, "date": 1, "chat": chat, "from": sender, "text": words}
    added = {f"new_{name}": value for name, value in new.items()}
    heard = arrival_of(read_update({"update_id": 1, "message": known | added}), KEY, "guide_bot", AT)
    assert heard.arrival is not None
    assert heard.arrival.text is not None or heard.arrival.media is not None
