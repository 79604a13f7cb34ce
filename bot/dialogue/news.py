"""News: what operators write to many people at once, as one of them gets it, and who wants to hear of any."""

from __future__ import annotations

import datetime as dt

from bot.dialogue.consenting import renewed
from bot.dialogue.conversation import Conversation
from bot.dialogue.followed import FIRST_HOUR
from bot.dialogue.following_days import awake, evening, next_allowed, zone_of
from bot.dialogue.messages import Reply
from bot.dialogue.scene import Scene
from knowledge.entries import Words


def hears_news(who: Conversation) -> bool:
    """Whether somebody may be written to unasked: a grown-up who agreed, did not decline, and is in no distress."""
    agreed = renewed(who).consent_at is not None and who.adult is True
    return agreed and not who.quiet and who.paused_by is None


def news_from(who: Conversation, scene: Scene) -> dt.datetime:
    """The first moment from now on at which somebody may be written to: by day, where they live."""
    zone = zone_of(who.following.checkin, scene)
    return scene.now if awake(scene.now, zone) else next_allowed(scene.now, FIRST_HOUR, zone)


def news_reply(who: Conversation, words: Words, number: int, scene: Scene) -> Reply:
    """A broadcast of a number as this person gets it, with the way to hear no more; it does not come at night."""
    written = words.en if who.language == "en" else words.zh
    text = scene.text(who, "news.message", words=scene.library.phrases.in_script(who.language, written))
    stop = scene.button(who, "news.stop", f"news:off:{number}")
    lapses = evening(scene.now, zone_of(who.following.checkin, scene))
    return Reply(blocks=(text,), buttons=((stop,),), lapses=lapses, news=number)
