"""What the page shows, in named parts of plain JSON: the street, every chat as each person sees it, its messages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.channels.playground.methods.introducing import menu_seen
from bot.channels.playground.page.bubbles import bubble, key_of
from bot.channels.playground.page.cast import Cast
from bot.channels.playground.page.process import BotProcess
from bot.channels.playground.person import Person
from bot.channels.playground.place import Place
from bot.channels.playground.town.town import Town
from bot.channels.playground.wire import Wire

_MOST_MESSAGES = 150
"""How many of a chat's newest messages are shown."""


def parts(cast: Cast, bot: BotProcess) -> Iterator[tuple[str, Wire]]:
    """Everything that shows now, part by part, each under a name of its own."""
    yield "street", _street(cast, bot)
    for person in cast.people.values():
        for place in cast.places_of(person):
            yield from _chat(cast, person, place)


def _street(cast: Cast, bot: BotProcess) -> Wire:
    town = cast.street.town
    state = "waking" if _wakes(town, bot) else bot.state
    return {
        "bot": {"name": town.bot.first_name, "username": town.bot.username, "state": state},
        "log": list(bot.log)[-40:],
        "waiting": len(town.updates.waiting),
        "weather": [
            {"kind": page.fault.kind, "method": page.method, "times": page.times, "seconds": page.fault.seconds}
            for page in town.weather.written
        ],
        "people": [_person(cast, person) for person in cast.people.values()],
    }


def _wakes(town: Town, bot: BotProcess) -> bool:
    """Whether the bot is on its way: started, but it has not asked for updates yet."""
    return bot.state == "running" and town.updates.last_asked[1] < bot.started


def _person(cast: Cast, person: Person) -> Wire:
    user = person.user
    return {
        "id": user.id,
        "name": user.first_name,
        "username": user.username,
        "language": user.language,
        "blocked": user.blocked,
        "offline": user.offline,
        "chats": [place.id for place in cast.places_of(person)],
    }


def _chat(cast: Cast, person: Person, place: Place) -> Iterator[tuple[str, Wire]]:
    town, name = cast.street.town, f"{person.id}:{place.id}"
    private = place.chat.kind == "private"
    status = place.status(person.user)
    seen = person.sees(place)[-_MOST_MESSAGES:] if private or status not in {"left", "kicked"} else []
    yield (
        f"chat:{name}",
        {
            "private": private,
            "title": place.title,
            "members": sum(member.present for member in place.chat.members.values()),
            "status": status,
            "bot": place.status(town.bot),
            "others": [] if private or status != "creator" else _others(cast, person, place),
            "menu": menu_seen(town, place.chat, person.user),
            "about": _about(town, person) if private and not seen else "",
            "keyboard": place.keyboard,
            "typing": {"what": place.chat.typing[0], "until": place.chat.typing[1]},
            "draft": place.draft,
            "pinned": place.chat.pinned[:1],
            "order": [key_of(sight) for sight in seen],
        },
    )
    for sight in seen:
        yield f"said:{name}:{key_of(sight)}", bubble(sight, person)


def _others(cast: Cast, person: Person, place: Place) -> list[Wire]:
    """The other people of a group, and whether they are administrators of it: what its creator may change."""
    here = ((who.user, place.status(who.user)) for who in cast.people.values() if who.id != person.id)
    return [
        {"id": user.id, "name": user.first_name, "chief": status == "administrator"}
        for user, status in here
        if status in {"administrator", "member"}
    ]


def _about(town: Town, person: Person) -> str:
    """What the bot says of itself in a chat where nothing was said yet."""
    told = town.profile
    return told.get(("description", person.user.language[:2])) or told.get(("description", ""), "")


@dataclass
class Glance:
    """What one open page has been shown; it is given only what has changed since."""

    shown: dict[str, str] = field(default_factory=dict)

    def news(self, cast: Cast, bot: BotProcess) -> str:
        """The parts that are new or other than before, and the names of those that are gone; empty when none are."""
        now = {name: json.dumps(part, ensure_ascii=False) for name, part in parts(cast, bot)}
        changed = [f"{json.dumps(name)}:{text}" for name, text in now.items() if self.shown.get(name) != text]
        gone = [name for name in self.shown if name not in now]
        self.shown = now
        return f'{{"changed":{{{",".join(changed)}}},"gone":{json.dumps(gone)}}}' if changed or gone else ""
