"""A sitting on the street with the whole bot: from opening to closing, with everybody whom it is not for."""

from __future__ import annotations

from bot.channels.telegram.joining import Parts
from tests.consultation.gathering import (
    ANSWERS,
    LAID,
    SHOW,
    TAKE_PART,
    Gathering,
    leaves,
    letters,
    moments,
    pressed,
    toast,
)
from tests.faults.house import card, settled
from tests.faults.named import calls, lived


def test_from_opening_to_the_summary() -> None:
    """Three cards come together under letters; one is taken back at once, the others go with the end: one message."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        table = await town.three_show(parts, "raising a line")
        assert letters(table) == ["A", "B", "C"]
        assert "line ¥10,000 to ¥50,000" in table.text
        assert "30,000" not in table.text
        ada = await pressed(parts, town.ada, table, "For advisers")
        town.ada.opens(str((ada.answer or {})["url"]))
        await settled(parts)
        await pressed(parts, town.ada, card(town.ada), "Case A")
        before = town.table("raising a line").text
        await pressed(parts, town.ada, card(town.ada), "Mark as answered")
        await moments(parts)
        assert "(answered)" in card(town.ada).text
        assert town.table("raising a line").text == before
        await leaves(parts, town.members[0])
        assert len(letters(town.table("raising a line"))) == 2
        for label in ("Pause, end\u2026", "End the consultation", "Yes, end it"):
            await pressed(parts, town.ada, card(town.ada), label)
        await moments(parts)
        assert "has ended" in town.table("raising a line").text
        assert letters(town.table("raising a line")) == []
        assert "went from the group with all the others" in town.members[1].home.messages[-1].text
        await leaves(parts, town.members[1])
        assert town.table("raising a line").id == table.id

    lived(town, life)


def test_a_stranger_is_asked_everything_in_private() -> None:
    """Who never spoke with the bot comes in, agrees, answers to the end, sees a preview and decides, unseen."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        await town.consults(parts, "a first line")
        seen = [sight.text for sight in town.group.messages]
        who = town.members[0]
        await town.comes_in(parts, who, town.table("a first line"))
        for _ in range(25):
            if SHOW in card(who).labels:
                break
            await pressed(parts, who, card(who), card(who).labels[0])
            await moments(parts)
        assert "this line alone appears there" in card(who).text
        await pressed(parts, who, card(who), SHOW)
        await moments(parts)
        assert "at least 3 new cards of your kind" in card(who).text
        assert [sight.text for sight in town.group.messages] == seen
        assert town.conversation(who).joining is None
        who.says(who.home, "/data")
        await moments(parts)
        await pressed(parts, who, card(who), "Consultations I take part in")
        assert "You agreed to show the group" in card(who).text

    lived(town, life)


def test_what_is_open_is_not_opened_twice() -> None:
    """Whoever asks again for what they just opened, because its table was slow to come, gets no second one."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        await town.consults(parts, "Raising a line")
        await town.consults(parts, "raising a LINE")
        assert "is open here already" in town.group.messages[-1].text
        assert sum("For advisers" in sight.labels for sight in town.group.messages) == 1
        await town.consults(parts, "another topic")
        assert sum("For advisers" in sight.labels for sight in town.group.messages) == 2

    lived(town, life)


def test_who_hurried_is_told_what_a_card_still_needs() -> None:
    """A result that was asked for early gives no card: what is missing is named, asked in one go, then it is there."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        await town.consults(parts, "t")
        who = town.members[0]
        town.knows(who, {name: ANSWERS[name] for name in ("kind", "current_line", "overdue_now", "monthly_income")})
        await town.comes_in(parts, who, town.table("t"))
        assert "Not answered yet: Still owed, Lenders" in card(who).text
        assert "Answer here, where the group" not in card(who).text
        await pressed(parts, who, card(who), "Answer: Still owed")
        assert "2 questions to go" in card(who).text
        for words in ("3000", "none"):
            who.says(who.home, words)
            await moments(parts)
        assert "Your estimate" in card(who).text
        await pressed(parts, who, card(who), "What the group may see")
        await pressed(parts, who, card(who), SHOW)
        assert "You agreed to show the group: A person" in card(who).text

    lived(town, life)


def test_what_is_not_theirs_changes_nothing() -> None:
    """Onlookers open nothing, lead nothing and use nobody's way in; each is told so kindly, and alone."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        table = await town.three_show(parts, "t")
        before = [sight.text for sight in town.group.messages]
        for label in ("For advisers",):
            assert "adviser" in toast(await pressed(parts, town.olga, table, label))
        assert "A person" in toast(await pressed(parts, town.olga, table, "A"))
        mine = await pressed(parts, town.members[3], table, TAKE_PART)
        link = str((mine.answer or {})["url"])
        town.olga.opens(link)
        await moments(parts)
        assert any("was not made for you" in sight.text for sight in town.olga.home.messages)
        for _ in range(2):
            town.members[3].opens(link)
            await moments(parts)
        assert any("was not made for you" in sight.text for sight in town.members[3].home.messages)
        late = await pressed(parts, town.olga, table, TAKE_PART)
        town.clock.advance(31 * 60)
        town.olga.opens(str((late.answer or {})["url"]))
        await moments(parts)
        assert not any("You take part in" in sight.text for sight in town.olga.home.messages)
        town.says(town.olga, f"/consult@{town.name} mine")
        town.says(town.olga, f"/close@{town.name}")
        await moments(parts)
        after = [sight.text for sight in town.group.messages]
        assert sum("for the adviser" in words for words in after) == 2
        assert [words for words in after if words in before] == before

    lived(town, life)


def test_topics_and_groups_keep_apart() -> None:
    """Each topic has its own sittings and letters; a case is shown where it was asked for, and answered there."""
    town = Gathering(forum=True)

    async def life(parts: Parts) -> None:
        one, two = town.ada.opens_topic(town.group, "one"), town.ada.opens_topic(town.group, "two")
        await town.consults(parts, "first", topic=one)
        await town.consults(parts, "second", topic=two)
        for who in town.members[:3]:
            await town.shows(parts, who, town.table("first"))
        await moments(parts, LAID)
        assert (len(letters(town.table("first"))), len(letters(town.table("second")))) == (3, 0)
        assert [town.table(name).wire()["message_thread_id"] for name in ("first", "second")] == [one, two]
        town.says(town.members[3], f"/case@{town.name} a", topic=one)
        town.says(town.members[3], f"/case@{town.name} A", topic=two)
        town.says(town.members[3], f"/ask@{town.name} A is early repayment free", topic=one)
        await moments(parts)
        said = [(s.wire().get("message_thread_id"), s.text) for s in town.group.messages if s.by_bot][3:]
        assert [place for place, _ in said] == [one, two, one]
        assert "Case A" in said[0][1]
        assert "not on the table" in said[1][1]
        assert said[2][1].startswith("About case A")

    lived(town, life)


def test_a_waiting_list() -> None:
    """The thirteenth waits, and is called in private when somebody leaves; the group sees nothing of either."""
    town = Gathering(members=13)

    async def life(parts: Parts) -> None:
        await town.consults(parts, "many")
        for who in town.members:
            town.knows(who)
            await town.comes_in(parts, who, town.table("many"))
        last = town.members[-1]
        assert "waiting list" in card(last).text
        seen = [sight.text for sight in town.group.messages]
        await leaves(parts, town.members[0])
        assert 'You take part in the consultation "many"' in last.home.messages[-1].text
        assert [sight.text for sight in town.group.messages] == seen

    lived(town, life)


def test_many_changes_are_few_edits() -> None:
    """What changes often within seconds is drawn a few times and shows the last; a card that leaves goes at once."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        table = await town.three_show(parts, "busy")
        press = await pressed(parts, town.ada, table, "For advisers")
        town.ada.opens(str((press.answer or {})["url"]))
        await moments(parts, 5)
        town.street.diary = []
        for letter in "ABC":
            await _settles(parts, town, letter, "Mark as answered")
        for label in ("Discuss again", "Mark as answered") * 5:
            await _settles(parts, town, "C", label)
            await moments(parts, 0.5)
        await moments(parts, 5)
        assert 1 <= _edits(town) <= 4
        assert "Every case on the table has been answered" in town.table("busy").text
        assert "(answered)" not in town.table("busy").text
        await _settles(parts, town, "C", "Discuss again")
        await leaves(parts, town.members[0], 0.1)
        assert len(letters(town.table("busy"))) == 2

    lived(town, life)


async def _settles(parts: Parts, town: Gathering, letter: str, label: str) -> None:
    """Ada goes to a case, and presses."""
    case = next(one for one in card(town.ada).labels if one.startswith(f"Case {letter}"))
    await pressed(parts, town.ada, card(town.ada), case)
    await pressed(parts, town.ada, card(town.ada), label)


def _edits(town: Gathering) -> int:
    """How often a message in the group was edited."""
    return sum(call.method == "editmessagetext" and call.chat == town.group.id for call in calls(town))
