"""A sitting when who leads changes, the platform is silent, the bot is thrown out, or the group moves."""

from __future__ import annotations

from bot.channels.telegram.joining import Parts
from bot.store.engine import writing
from bot.store.erasing import forget_conversation
from bot.store.roles import give_role, take_role
from tests.consultation.gathering import LAID, Gathering, letters, moments, pressed, toast
from tests.faults.house import settled
from tests.faults.named import lived


def test_a_demotion_counts_within_seconds() -> None:
    """Who led a moment ago leads no more: at once where the platform tells the bot, else within five seconds."""
    town = Gathering()
    boss, deputy = town.ada, town.members[0]
    boss.promotes(town.group, deputy)

    async def life(parts: Parts) -> None:
        await town.consults(parts, "hers", deputy)
        table = town.table("hers")
        assert "start=d" in str((await pressed(parts, deputy, table, "For advisers")).answer)
        boss.demotes(town.group, deputy)
        await moments(parts, 5.1)
        assert "adviser" in toast(await pressed(parts, deputy, table, "For advisers"))
        boss.promotes(town.group)
        boss.promotes(town.group, deputy)
        await moments(parts)
        assert "start=d" in str((await pressed(parts, deputy, table, "For advisers")).answer)
        boss.demotes(town.group, deputy)
        assert "adviser" in toast(await pressed(parts, deputy, table, "For advisers"))

    lived(town, life)


def test_where_the_platform_is_silent_nobody_leads() -> None:
    """When the platform does not say how somebody stands, an owner of the group is refused like everybody else."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        town.street.weather.write("bad_gateway", "getChatMember")
        await town.consults(parts, "silence")
        assert "cannot ask whether you lead here" in town.group.messages[-1].text
        await town.consults(parts, "speech")
        assert town.table("speech").labels

    lived(town, life)


def test_an_adviser_of_ours_leads_until_the_office_says_otherwise() -> None:
    """Whom the office made an adviser leads in a group that knows them as a member, and not a second longer."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        with writing(town.house.store) as connection:
            give_role(connection, town.olga.id, "adviser")
        await town.consults(parts, "ours", town.olga)
        assert "start=d" in str((await pressed(parts, town.olga, town.table("ours"), "For advisers")).answer)
        with writing(town.house.store) as connection:
            take_role(connection, town.olga.id)
        assert "adviser" in toast(await pressed(parts, town.olga, town.table("ours"), "For advisers"))

    lived(town, life)


def test_who_writes_as_the_group_proves_it_by_a_press() -> None:
    """An anonymous administrator's sitting waits for a press of somebody in charge; a channel's waits for ever."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        town.says(town.ada, f"/consult@{town.name} quiet", speaks_as="group")
        town.says(town.ada, f"/close@{town.name}", speaks_as="group")
        await moments(parts)
        asking = town.group.messages[-2]
        assert "writing as the group" in asking.text
        assert "yourself" in town.group.messages[-1].text
        assert "adviser" in toast(await pressed(parts, town.olga, asking, "It is me, open it"))
        assert "quiet" in asking.text
        await pressed(parts, town.ada, asking, "It is me, open it")
        await moments(parts)
        assert town.table("quiet").id == asking.id
        assert "waiting for people" in town.table("quiet").text

    lived(town, life)


def test_a_pause_ends_by_itself() -> None:
    """A sitting that is put to sleep says so, and goes on after its hour though nobody does anything."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        await town.consults(parts, "sleepy")
        press = await pressed(parts, town.ada, town.table("sleepy"), "For advisers")
        town.ada.opens(str((press.answer or {})["url"]))
        await settled(parts)
        await pressed(parts, town.ada, town.ada.home.messages[-1], "Pause, end\u2026")
        await pressed(parts, town.ada, town.ada.home.messages[-1], "Pause 1 hour")
        await moments(parts)
        assert "Paused" in town.table("sleepy").text
        town.clock.advance(3600)
        await moments(parts)
        assert "waiting for people" in town.table("sleepy").text

    lived(town, life)


def test_thrown_out_and_back() -> None:
    """Thrown out, the bot keeps still; brought back, it draws the table in its place as it is by then."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        table = await town.three_show(parts, "exile")
        town.ada.kicks(town.group)
        await moments(parts)
        calls = town.street.weather.calls
        await moments(parts, 30)
        assert town.street.weather.calls - calls < 5
        town.ada.brings(town.group)
        await moments(parts, 5)
        assert len(letters(town.table("exile"))) == 3
        assert "Under way" in town.table("exile").text
        assert town.table("exile").id == table.id

    lived(town, life)


def test_a_group_that_becomes_a_supergroup() -> None:
    """The sittings go along: the table is drawn in the new place, and cards come onto it and leave it there."""
    town = Gathering(kind="group")

    async def life(parts: Parts) -> None:
        await town.three_show(parts, "moving")
        town.group = town.ada.moves(town.group)
        await moments(parts, 5)
        table = town.table("moving")
        assert len(letters(table)) == 3
        await town.shows(parts, town.members[3], table)
        await moments(parts)
        town.says(town.ada, f"/close@{town.name}")
        await moments(parts)
        await pressed(parts, town.ada, town.group.messages[-1], "Yes, end it")
        await moments(parts)
        assert "has ended" in town.table("moving").text

    lived(town, life)


def test_a_restart_and_an_erasing(address: str) -> None:
    """A sitting goes on after a restart in the same message, through 429s, and loses the card of whoever is erased."""
    town = Gathering(address=address)
    tables = []

    async def begun(parts: Parts) -> None:
        await town.consults(parts, "long")
        for who in town.members[:2]:
            await town.shows(parts, who, town.table("long"))
        tables.append(town.table("long"))

    async def ended(parts: Parts) -> None:
        town.street.weather.write("too_many", "editMessageText", times=2)
        await town.shows(parts, town.members[2], tables[0])
        await moments(parts, LAID)
        assert (town.table("long").id, letters(town.table("long"))) == (tables[0].id, ["A", "B", "C"])
        with writing(town.house.store) as connection:
            forget_conversation(connection, f"tg:{town.members[1].id}")
        await moments(parts)
        assert len(letters(town.table("long"))) == 2

    lived(town, begun)
    lived(town, ended)
