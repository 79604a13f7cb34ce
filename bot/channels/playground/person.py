"""A person of the street: starting and blocking the bot, following links, joining groups, and being in charge there."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from bot.channels.playground.methods.introducing import menu_seen
from bot.channels.playground.methods.topics import drop_topic, open_topic
from bot.channels.playground.place import Place
from bot.channels.playground.sights import Sight
from bot.channels.playground.talking import Talker
from bot.channels.playground.town import moving
from bot.channels.playground.town.posting import ImpossibleError
from bot.channels.playground.town.records import PERMISSIONS, Chat, Member, User
from bot.channels.playground.wire import Wire


class Person(Talker):
    """Somebody who lives on the street."""

    def starts(self, payload: str = "") -> Sight:
        """Press Start in the private chat, unblocking the bot if need be, with the payload of a link."""
        if self.user.blocked:
            self.unblocks()
        return self.says(self.home, f"/start {payload}".strip())

    def opens(self, link: str, place: Place | None = None) -> Sight:
        """Follow a link to the bot: ``?start=`` in private, ``?startgroup=`` brings it into a group.

        Raises:
            ImpossibleError: when the link does not lead to this bot, or no group is given.
        """
        parts = urlsplit(link)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path.strip("/").lower() != self._town.bot.username.lower():
            raise ImpossibleError(f"{link} does not lead to @{self._town.bot.username}")
        if "startgroup" not in asked:
            return self.starts(asked.get("start", ""))
        if place is None:
            raise ImpossibleError("the link needs a group")
        self.brings(place)
        return self.says(place, f"/start@{self._town.bot.username} {asked['startgroup']}")

    def blocks(self) -> None:
        """Block the bot."""
        self._block("kicked")

    def unblocks(self) -> None:
        """Let the bot write again."""
        self._block("member")

    def _block(self, status: str) -> None:
        with self._street.happening(f"{self.name}: the bot is {status}"):
            chat = self._town.home_of(self.user)
            self.user.blocked = status == "kicked"
            bot = Member(self._town.bot.id, "kicked" if status == "kicked" else "member")
            moving.stand(self._town, chat, self.id, bot)

    def deactivates(self) -> None:
        """Delete the account."""
        with self._street.happening(f"{self.name} deletes the account"):
            self.user.deactivated = True

    def goes_offline(self, *, back: bool = False) -> None:
        """Put the phone away, so that whispers are lost; or take it out again."""
        self.user.offline = not back

    def menu(self, place: Place) -> list[str]:
        """The commands that the menu offers to this person in a chat."""
        return [str(one["command"]) for one in menu_seen(self._town, place.chat, self.user)]

    def joins(self, place: Place) -> None:
        """Join a group."""
        self._move(place.chat, self.user, f"joins {place.title}", banned=True)

    def brings(self, place: Place, who: Talker | None = None) -> None:
        """Bring somebody into a group; the bot when nobody is named."""
        user = who.user if who else self._town.bot
        self._in_charge(place.chat, "can_invite_users")
        self._move(place.chat, user, f"brings {user.first_name} into {place.title}")

    def _move(self, chat: Chat, user: User, what: str, *, banned: bool = False) -> None:
        status = self._town.member(chat, user.id).status
        if self._town.member(chat, user.id).present or (banned and status == "kicked"):
            raise ImpossibleError(f"{user.first_name} cannot come in: {status}")
        with self._street.happening(f"{self.name} {what}"):
            moving.bring_in(self._town, chat, self.id, user)

    def leaves(self, place: Place) -> None:
        """Leave a group."""
        if not self._town.member(place.chat, self.id).present:
            raise ImpossibleError(f"{self.name} is not in {place.title}")
        with self._street.happening(f"{self.name} leaves {place.title}"):
            moving.see_off(self._town, place.chat, self.id, self.user)

    def kicks(self, place: Place, who: Talker | None = None) -> None:
        """Throw somebody out of a group for good; the bot when nobody is named."""
        user = who.user if who else self._town.bot
        self._in_charge(place.chat, "can_restrict_members")
        with self._street.happening(f"{self.name} throws {user.first_name} out of {place.title}"):
            moving.see_off(self._town, place.chat, self.id, user, for_good=True)

    def promotes(self, place: Place, who: Talker | None = None, rights: tuple[str, ...] = moving.ALL_RIGHTS) -> None:
        """Make somebody an administrator with these rights; the bot when nobody is named."""
        user = who.user if who else self._town.bot
        self._in_charge(place.chat, "can_promote_members")
        with self._street.happening(f"{self.name} promotes {user.first_name} in {place.title}"):
            moving.promote(self._town, place.chat, self.id, user, dict.fromkeys(rights, True))

    def demotes(self, place: Place, who: Talker | None = None) -> None:
        """Make an administrator an ordinary member; the bot when nobody is named."""
        user = who.user if who else self._town.bot
        self._in_charge(place.chat, "can_promote_members")
        with self._street.happening(f"{self.name} demotes {user.first_name} in {place.title}"):
            moving.demote(self._town, place.chat, self.id, user)

    def restricts(self, place: Place, who: Talker | None = None, allowed: tuple[str, ...] = ()) -> None:
        """Forbid somebody everything but these; the bot when nobody is named."""
        user = who.user if who else self._town.bot
        self._in_charge(place.chat, "can_restrict_members")
        rights = {name: name in allowed for name in PERMISSIONS}
        with self._street.happening(f"{self.name} restricts {user.first_name} in {place.title}"):
            moving.stand(self._town, place.chat, self.id, Member(user.id, "restricted", rights))

    def moves(self, place: Place) -> Place:
        """Make a group a supergroup, which has another id."""
        self._in_charge(place.chat, "can_change_info")
        with self._street.happening(f"{self.name} makes {place.title} a supergroup"):
            return Place(self._street, moving.move_group(self._town, place.chat, self.id))

    def opens_topic(self, place: Place, name: str) -> int:
        """Open a topic in a forum and say its id."""
        self._in_charge(place.chat, "can_manage_topics")
        with self._street.happening(f"{self.name} opens the topic {name}"):
            return open_topic(self._town, place.chat, self.id, name).id

    def closes_topic(self, place: Place, number: int) -> None:
        """Let nobody write in a topic any more."""
        self._in_charge(place.chat, "can_manage_topics")
        with self._street.happening(f"{self.name} closes the topic {number}"):
            place.chat.topics[number].closed = True
            content: Wire = {"forum_topic_closed": {}}
            moving.announce(self._town, place.chat, self.id, content, thread=number)

    def reopens_topic(self, place: Place, number: int) -> None:
        """Let people write in a topic again."""
        self._in_charge(place.chat, "can_manage_topics")
        with self._street.happening(f"{self.name} opens the topic {number} again"):
            place.chat.topics[number].closed = False
            content: Wire = {"forum_topic_reopened": {}}
            moving.announce(self._town, place.chat, self.id, content, thread=number)

    def deletes_topic(self, place: Place, number: int) -> None:
        """Delete a topic with everything in it; the platform tells no bot of it."""
        self._in_charge(place.chat, "can_delete_messages")
        with self._street.happening(f"{self.name} deletes the topic {number}"):
            drop_topic(place.chat, place.chat.topics[number])

    def _in_charge(self, chat: Chat, right: str) -> None:
        member = self._town.member(chat, self.id)
        open_to_all = right == "can_invite_users" and chat.permissions.get(right, True) and member.present
        if not open_to_all and not member.may(right):
            raise ImpossibleError(f"{self.name} has no right: {right}")
