"""Whispers: messages in a group for one pair of eyes, as far as the platform describes them."""

from __future__ import annotations

from bot.channels.playground.wire import Wire
from tests.street.stage import Said, Stage, buttons


def _whisper(stage: Stage, text: str = "for you", **parameters: object) -> Said:
    told = {"receiver_user_id": stage.bob.id, **parameters}
    return stage.send(stage.talk, text, ephemeral_message_parameters=told)


def test_after_a_press_the_bot_may_whisper_for_15_seconds() -> None:
    """A whisper is seen by its receiver alone, has message id 0, and comes too late after 15 seconds."""
    stage = Stage()
    stage.send(stage.talk, reply_markup=buttons("Mine"))
    card = stage.talk.last
    press = stage.bob.presses(card, "Mine")
    sent = _whisper(stage, callback_query_id=press.id).result
    assert (sent["message_id"], sent["receiver_user"]["id"]) == (0, stage.bob.id)
    assert "for you" in [sight.text for sight in stage.bob.sees(stage.talk)]
    assert "for you" not in [sight.text for sight in stage.alice.sees(stage.talk)]
    assert "for you" not in [sight.text for sight in stage.talk.messages]
    stage.clock.advance(16)
    assert _whisper(stage, callback_query_id=press.id).code == 400


def test_another_may_not_be_whispered_to_by_somebodys_press() -> None:
    """A press opens the way to the one who pressed only."""
    stage = Stage()
    stage.send(stage.talk, reply_markup=buttons("Mine"))
    press = stage.alice.presses(stage.talk.last, "Mine")
    assert _whisper(stage, callback_query_id=press.id).code == 400


def test_an_administrator_may_always_whisper() -> None:
    """As administrator the bot whispers without a cause, in the old form of the parameters too."""
    stage = Stage()
    stage.carol.promotes(stage.talk)
    assert _whisper(stage).code == 200
    assert stage.send(stage.talk, receiver_user_id=stage.bob.id).code == 200


def test_a_whispered_command_can_be_answered() -> None:
    """What a member whispers reaches the bot in spite of privacy, and may be answered by a whisper."""
    stage = Stage()
    stage.bob.whispers(stage.talk, "/mydata")
    told = stage.updates()[-1]["message"]
    assert (told["message_id"], told["text"]) == (0, "/mydata")
    answer: Wire = {"ephemeral_message_id": told["ephemeral_message_id"]}
    sent = stage.send(stage.talk, receiver_user_id=stage.bob.id, reply_parameters=answer)
    assert sent.code == 200
    stage.clock.advance(16)
    assert stage.send(stage.talk, receiver_user_id=stage.bob.id, reply_parameters=answer).code == 400


def test_whispers_are_edited_and_taken_back_by_their_own_methods() -> None:
    """Text and buttons change for the receiver, an unchanged edit is refused, and a deleted whisper is gone."""
    stage = Stage()
    stage.carol.promotes(stage.talk)
    number = _whisper(stage).result["ephemeral_message_id"]
    where = {"chat_id": stage.talk.id, "receiver_user_id": stage.bob.id, "ephemeral_message_id": number}
    assert stage.call("editEphemeralMessageText", **where, text="changed", reply_markup=buttons("x")).code == 200
    assert stage.call("editEphemeralMessageText", **where, text="changed", reply_markup=buttons("x")).code == 400
    assert stage.call("editEphemeralMessageReplyMarkup", **where, reply_markup=buttons("y")).code == 200
    sight = stage.bob.sees(stage.talk)[-1]
    assert (sight.text, sight.labels) == ("changed", ["y"])
    stage.bob.presses(sight, "y")
    assert stage.updates()[-1]["callback_query"]["message"]["ephemeral_message_id"] == number
    assert stage.call("deleteEphemeralMessage", **where).code == 200
    assert stage.call("deleteEphemeralMessage", **where).code == 400
    assert "changed" not in [one.text for one in stage.bob.sees(stage.talk)]


def test_a_caption_whisper_is_edited_as_such() -> None:
    """A whispered file has a caption to edit, and no text."""
    stage = Stage()
    stage.carol.promotes(stage.talk)
    told = {"receiver_user_id": stage.bob.id}
    sent = stage.call("sendDocument", {"document": b"x"}, chat_id=stage.talk.id, ephemeral_message_parameters=told)
    where = {"chat_id": stage.talk.id, **told, "ephemeral_message_id": sent.result["ephemeral_message_id"]}
    assert stage.call("editEphemeralMessageCaption", **where, caption="c").code == 200
    assert stage.call("editEphemeralMessageText", **where, text="t").code == 400
    assert stage.bob.sees(stage.talk)[-1].text == "c"


def test_somebody_who_is_away_never_gets_it() -> None:
    """A whisper to somebody offline succeeds for the bot and is lost, as the platform warns."""
    stage = Stage()
    stage.carol.promotes(stage.talk)
    stage.bob.goes_offline()
    assert _whisper(stage).code == 200
    assert "for you" not in [sight.text for sight in stage.bob.sees(stage.talk)]
    stage.bob.goes_offline(back=True)
    assert _whisper(stage).code == 200
    assert "for you" in [sight.text for sight in stage.bob.sees(stage.talk)]


def test_a_whisper_may_stand_in_for_the_pressed_card() -> None:
    """For the one who pressed, the whisper shows instead of the card; for others the card stays."""
    stage = Stage()
    stage.send(stage.talk, "card", reply_markup=buttons("Mine"))
    press = stage.bob.presses(stage.talk.last, "Mine")
    _whisper(stage, callback_query_id=press.id, replace_callback_query_message=True)
    assert "card" not in [sight.text for sight in stage.bob.sees(stage.talk)]
    assert "card" in [sight.text for sight in stage.alice.sees(stage.talk)]
