"""Advisers who work together on the street: a topic for a talk, who may speak there, and how all of it goes again."""

from __future__ import annotations

from bot.channels.playground.person import Person
from bot.channels.playground.sights import Sight
from bot.channels.playground.town.records import Letter, Topic
from bot.channels.telegram.joining import Parts
from bot.store.engine import writing
from bot.store.erasing import forget_conversation
from bot.store.roles import give_role
from tests.consultation.gathering import LEAVE, Gathering, moments, pressed
from tests.consultation.test_walk_desk import at_desk, owner_of_a, taps, with_button
from tests.faults.house import settled
from tests.faults.named import lived

YES, TALK, ADVISER = "Yes, let us talk", "Talk with the owner", "Adviser: "


class Crew(Gathering):
    """Ada and Ben are advisers of the office with a forum of their own, in which Olga, who is none, sits too."""

    def __init__(self, rights: tuple[str, ...] = ("can_manage_topics", "can_delete_messages")) -> None:
        super().__init__(3)
        self.ben = self.person("ben", "en")
        self.forum = self.street.group("Advisers", self.ada, (self.ben, self.olga), forum=True)
        self.ada.promotes(self.forum, rights=rights)
        with writing(self.house.store) as connection:
            for who in (self.ada, self.ben):
                give_role(connection, who.id, "adviser")

    async def writes(self, parts: Parts, who: Person, words: str, thread: int = 0, answers: int = 0) -> None:
        """Somebody writes in the forum."""
        who.says(self.forum, words, Letter(thread=thread, reply_to=answers))
        await settled(parts)

    async def talks(self, parts: Parts) -> tuple[Person, Topic]:
        """Ada makes the forum the advisers' own and talks with the owner of case A, who was told; the topic of it."""
        await self.writes(parts, self.ada, f"/desk@{self.name} here")
        await at_desk(self, parts)
        owner = await owner_of_a(self, parts)
        await taps(parts, self.ada, "Case A", TALK)
        assert "also read by the consultation's advisers" in with_button(owner, YES).text
        await taps(parts, owner, YES)
        await moments(parts)
        return owner, next(topic for topic in self.topics() if topic.name.startswith("A \u00b7"))

    def topics(self) -> list[Topic]:
        """The topics of the forum as they stand."""
        return [*self.forum.chat.topics.values()]

    def within(self, topic: Topic) -> list[Sight]:
        """What the bot has said in a topic."""
        kept = self.forum.chat.messages
        said = (one for one in self.forum.messages if one.by_bot and not kept[one.id].service)
        return [one for one in said if kept[one.id].thread == topic.id]


def heard(who: Person) -> list[str]:
    """What somebody got from advisers."""
    return [one.text.removeprefix(ADVISER) for one in who.home.messages if one.text.startswith(ADVISER)]


def test_a_talk_has_a_topic_and_only_advisers_speak_from_it() -> None:
    """Words go both ways by answer and /say, notes come when asked; others, and talk among advisers, reach nobody."""
    town = Crew()

    async def life(parts: Parts) -> None:
        owner, topic = await town.talks(parts)
        assert topic.name == "A \u00b7 a raise"
        first = town.within(topic)[0]
        assert "Case A" in first.text
        assert "30,000" not in first.text
        owner.says(owner.home, "I am worried about 4321")
        await settled(parts)
        said = town.within(topic)[-1]
        assert said.text == "Case A: I am worried about 4321"
        assert not [one for one in town.within(topic) if owner.name in one.text or str(owner.id) in one.text]
        await town.writes(parts, town.ben, "tell me more", topic.id, said.id)
        await town.writes(parts, town.ben, "/say I read along", topic.id)
        assert heard(owner) == ["tell me more", "I read along"]
        await pressed(parts, town.ben, first, "Notes")
        assert "no notes about case A" in town.within(topic)[-1].text
        await pressed(parts, town.ben, first, "End the talk")
        await moments(parts)
        assert topic not in town.topics()
        assert not town.within(topic)
        assert "bot answers again" in owner.home.messages[-1].text

    lived(town, life)


def test_nothing_else_that_is_written_in_a_topic_reaches_the_member() -> None:
    """Neither talk among advisers, nor people without office, nor words that nobody may say; only the desk does."""
    town = Crew()

    async def life(parts: Parts) -> None:
        owner, topic = await town.talks(parts)
        first = town.within(topic)[0]
        await town.writes(parts, town.ben, "between us: poor thing", topic.id)
        await town.writes(parts, town.olga, "lend me money", topic.id, first.id)
        await town.writes(parts, town.olga, "/say lend me money", topic.id)
        await town.writes(parts, town.ben, "/say Send me 110101199003077758", topic.id)
        town.ada.says(town.ada.home, "From my desk")
        await settled(parts)
        assert heard(owner) == ["From my desk"]
        assert town.within(topic)[-1].text == "Adviser: From my desk"
        await pressed(parts, town.olga, first, "End the talk")
        assert topic in town.topics()

    lived(town, life)


def test_a_group_is_the_advisers_own_only_once_topics_can_be_opened() -> None:
    """Only the office makes it theirs, without rights it is said how, and whoever leaves takes the topic along."""
    town = Crew(rights=("can_delete_messages",))

    async def life(parts: Parts) -> None:
        await town.writes(parts, town.ada, f"/desk@{town.name} here")
        assert "cannot open topics here yet" in town.forum.messages[-1].text
        await town.writes(parts, town.olga, f"/desk@{town.name} here")
        assert "Only advisers of the office" in town.forum.messages[-1].text
        assert not town.topics()
        for words, answer in (("/desk", "is in private"), ("/say hello", "in the topic of a case")):
            await town.writes(parts, town.ada, f"{words.split()[0]}@{town.name} {words.partition(' ')[2]}".strip())
            assert answer in town.forum.messages[-1].text
        town.ada.promotes(town.forum)
        owner, topic = await town.talks(parts)
        assert town.within(topic)
        owner.says(owner.home, "/join")
        await settled(parts)
        await taps(parts, owner, LEAVE)
        await moments(parts)
        assert topic not in town.topics()
        await town.writes(parts, town.ada, f"/desk@{town.name} away")
        assert "not the advisers' group any more" in town.forum.messages[-1].text

    lived(town, life)


def test_what_is_erased_goes_from_the_topic_and_what_cannot_go_is_said() -> None:
    """Where the topic may not be deleted our messages go all the same, and the rest is asked of the advisers."""
    town = Crew()

    async def life(parts: Parts) -> None:
        owner, topic = await town.talks(parts)
        owner.says(owner.home, "I am worried")
        await settled(parts)
        town.ada.promotes(town.forum, rights=("can_manage_topics",))
        with writing(town.house.store) as connection:
            forget_conversation(connection, f"tg:{owner.id}")
        await moments(parts, 30.0)
        assert [one.text for one in town.within(topic) if "worried" in one.text or "Case A" in one.text] == []
        assert "delete the topic by hand" in town.within(topic)[-1].text

    lived(town, life)
