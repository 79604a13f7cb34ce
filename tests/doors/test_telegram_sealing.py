"""Sealed buttons: only what we made, for whom we made it, opens; and everything that we make fits."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.telegram.sealing import LONGEST, LongActionError, Pressed, open_seal, seal
from bot.dialogue.choosing import VERBS
from tests.journeys.walking import scene_now

KEY = b"a key of thirty-two bytes, or so"
LATEST = 36**6 - 1
ACTIONS = st.text(st.characters(codec="ascii", exclude_categories=["C"]), max_size=35)
REVISIONS = st.integers(0, LATEST)
PEOPLE = st.integers(-(10**13), 10**13)


@given(PEOPLE, REVISIONS, ACTIONS)
def test_what_was_sealed_opens_for_its_owner(who: int, revision: int, action: str) -> None:
    """The owner's press brings back the revision and the action, from at most 64 bytes."""
    data = seal(KEY, who, revision, action)
    assert len(data.encode()) <= LONGEST
    assert open_seal(KEY, who, data) == Pressed(revision, action)


@given(PEOPLE, PEOPLE, REVISIONS, ACTIONS)
def test_nobody_else_can_press_it(who: int, other: int, revision: int, action: str) -> None:
    """Another person, and another bot's key, open nothing."""
    data = seal(KEY, who, revision, action)
    assert open_seal(KEY, who + 1, data) is None
    assert (open_seal(KEY, other, data) is None) == (other != who)
    assert open_seal(b"another key, as long as it likes" * 9, who, data) is None


@given(REVISIONS, ACTIONS, st.data())
def test_a_changed_letter_breaks_the_seal(revision: int, action: str, data: st.DataObject) -> None:
    """Whichever letter is changed, cut or added, nothing opens."""
    whole = seal(KEY, 7, revision, action)
    at = data.draw(st.integers(0, len(whole) - 1))
    letter = data.draw(st.characters(codec="ascii"))
    changed = f"{whole[:at]}{letter}{whole[at + 1 :]}"
    assert changed == whole or open_seal(KEY, 7, changed) is None
    assert open_seal(KEY, 7, whole[:at]) is None
    assert open_seal(KEY, 7, whole + letter) is None
    assert open_seal(KEY, 7, f"0{whole}") is None


@settings(max_examples=300)
@given(st.text(max_size=80))
def test_anything_may_be_sent_as_a_press(data: str) -> None:
    """Whatever a forger sends is refused, never a crash."""
    assert open_seal(KEY, 7, data) is None


def test_the_parts_cannot_be_shifted() -> None:
    """An action that looks like the end of another button's data is no way around the seal."""
    honest = seal(KEY, 7, 1, "pick:kind:0")
    mac = honest.split(".")[1]
    assert open_seal(KEY, 7, f"1.{mac}.pick:kind:1") is None
    assert open_seal(KEY, 71, f"1.{mac}.pick:kind:0") is None
    assert open_seal(KEY, 7, f"11.{mac}.pick:kind:0") is None


def test_every_action_of_the_library_fits() -> None:
    """Every question, choice and entry there is, at any revision a conversation will reach, fits a button."""
    library = scene_now().library
    actions = [f"{verb}:" for verb in VERBS]
    for question in library.questions.values():
        actions += [f"{verb}:{question.id}" for verb in ("skip", "why", "edit")]
        actions += [f"pick:{question.id}:{nth}" for nth in (*range(len(question.choices)), "yes", "no")]
    actions += [f"entry:{name}" for name in library.articles]
    sizes = {len(seal(KEY, 10**13, LATEST, action).encode()) for action in actions}
    assert max(sizes) <= LONGEST - 8


def test_an_action_that_cannot_fit_is_named() -> None:
    """A button that Telegram would refuse is an error where it is made, in bytes and not in letters."""
    with pytest.raises(LongActionError, match="entry:"):
        seal(KEY, 7, 1, "entry:" + "a" * 60)
    with pytest.raises(LongActionError):
        seal(KEY, 7, 1, "额" * 20)
    with pytest.raises(ValueError, match="-1"):
        seal(KEY, 7, -1, "menu:")


def test_there_is_no_seal_without_a_key() -> None:
    """A bot without a secret cannot make or take buttons that anybody could forge."""
    with pytest.raises(ValueError, match="key"):
        seal(b"", 7, 1, "menu:")
    with pytest.raises(ValueError, match="key"):
        open_seal(b"", 7, "1.AAAAAAAAAAA.menu:")
