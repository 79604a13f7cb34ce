"""The town itself: everything that is true now, and the few ways to look it up and to add to it."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.channels.playground.chances import draw, token
from bot.channels.playground.town.deliveries import Deliveries
from bot.channels.playground.town.faults import Weather
from bot.channels.playground.town.limits import Limits, Meter
from bot.channels.playground.town.records import Chat, ChatKind, Member, Message, Poll, Press, StoredFile, User, Webhook
from bot.channels.playground.town.updates import UpdateQueue
from bot.channels.playground.wire import Wire

BOT_ID = 7_000_000_001
_PEOPLE_FROM = 100_000_000
_GROUPS_FROM = 4_000_000
_SUPERGROUPS_FROM = 1_002_000_000_000


@dataclass(frozen=True)
class Setup:
    """What is fixed for the street: the bot's name, its privacy mode, limits, and how long a press can be answered."""

    bot_name: str = "Limit Guide"
    bot_username: str = "limit_guide_bot"
    privacy: bool = True
    limits: Limits | None = None
    answer_seconds: float = 150.0


@dataclass
class Town:
    """All state of the street; ``now`` is set from the clock before anything happens."""

    seed: int = 1
    setup: Setup = field(default_factory=Setup)
    now: float = 0.0
    users: dict[int, User] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    files: dict[str, StoredFile] = field(default_factory=dict)
    buttons: dict[int, Wire] = field(default_factory=dict)
    polls: dict[str, Poll] = field(default_factory=dict)
    presses: dict[str, Press] = field(default_factory=dict)
    menus: dict[tuple[str, str], list[Wire]] = field(default_factory=dict)
    profile: dict[tuple[str, str], str] = field(default_factory=dict)
    webhook: Webhook = field(default_factory=Webhook)
    counts: dict[str, int] = field(default_factory=dict)
    poller: int = 0
    poller_ended: str = ""

    def __post_init__(self) -> None:
        """Open the queues and let the bot move in."""
        self.updates = UpdateQueue(self.seed)
        self.deliveries = Deliveries(self.updates, self.seed)
        self.meter = Meter(self.setup.limits)
        self.weather = Weather(self.seed)
        self.token = f"{BOT_ID}:{token(self.seed, 35, 'bot token')}"
        self.bot = User(BOT_ID, self.setup.bot_name, self.setup.bot_username, is_bot=True)
        self.users[BOT_ID] = self.bot

    @property
    def date(self) -> int:
        """The present moment as messages carry it."""
        return int(self.now)

    def count(self, what: str) -> int:
        """The next number of a kind, from 1."""
        self.counts[what] = self.counts.get(what, 0) + 1
        return self.counts[what]

    def draw(self, *what: object) -> int:
        """A number drawn from the seed for this purpose."""
        return draw(self.seed, *what)

    def move_in(self, name: str, username: str, language: str, *, is_bot: bool = False) -> User:
        """A new person or another bot."""
        user = User(_PEOPLE_FROM + self.count("people"), name, username, language, is_bot=is_bot)
        self.users[user.id] = user
        return user

    def home_of(self, user: User) -> Chat:
        """The private chat of a person with the bot, opened when it is first needed."""
        if user.id not in self.chats:
            members = {one.id: Member(one.id, "member") for one in (user, self.bot)}
            self.chats[user.id] = Chat(user.id, "private", members=members)
        return self.chats[user.id]

    def found(self, kind: ChatKind, title: str, *, forum: bool = False) -> Chat:
        """A new group or supergroup, still empty."""
        number = self.count("groups")
        chat = Chat(-(_SUPERGROUPS_FROM if kind == "supergroup" else _GROUPS_FROM) - number, kind, title, forum=forum)
        self.chats[chat.id] = chat
        return chat

    def next_message_id(self, chat: Chat) -> int:
        """The id of the next message: supergroups number their own, all other chats share one count."""
        if chat.kind != "supergroup":
            return self.count("account messages")
        chat.last_id += 1
        return chat.last_id

    def member(self, chat: Chat, user: int) -> Member:
        """How somebody stands in a chat; whoever was never there has left."""
        return chat.members.get(user) or Member(user, "left")

    def message(self, chat: Chat, number: int) -> Message | None:
        """A message that is still there."""
        found = chat.messages.get(number)
        return None if found is None or found.deleted else found

    def keep(self, chat: Chat, message: Message) -> Message:
        """Put a message into its chat."""
        chat.messages[message.id] = message
        return message

    def chat_instance(self, chat: Chat) -> str:
        """The opaque name of a chat that presses carry."""
        return str(self.draw("chat instance", chat.id))
