"""A sitting whose messages are lost: its table or its topic deleted by hand, which the platform tells no bot of."""

from __future__ import annotations

from bot.channels.telegram.joining import Parts
from tests.consultation.gathering import LAID, Gathering, leaves, letters, moments
from tests.faults.named import calls, lived


def _edits_refused(town: Gathering) -> int:
    return sum(call.method == "editmessagetext" and call.code == 400 for call in calls(town))


def test_a_table_that_was_deleted_by_hand_is_put_up_again_once() -> None:
    """Whoever runs the group deletes the table; at the next change it stands anew, and nobody asks for it twice."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        table = await town.three_show(parts, "a raise")
        table.message.deleted = True
        town.street.diary = []
        await leaves(parts, town.members[0], 130)
        anew = town.table("a raise")
        assert (anew.id != table.id, len(letters(anew)), _edits_refused(town)) == (True, 2, 1)
        await leaves(parts, town.members[1], 30)
        assert (town.table("a raise").id, len(letters(town.table("a raise")))) == (anew.id, 1)

    lived(town, life)


def test_a_topic_that_was_deleted_is_found_out_by_its_table() -> None:
    """Nobody wrote in the topic after it was deleted: the laying finds it gone, and the table lies in General."""
    town = Gathering(forum=True)

    async def life(parts: Parts) -> None:
        topic = town.ada.opens_topic(town.group, "one")
        await town.consults(parts, "a raise", topic=topic)
        for who in town.members[:3]:
            await town.shows(parts, who, town.table("a raise"))
        town.ada.deletes_topic(town.group, topic)
        town.street.diary = []
        await moments(parts, LAID + 60)
        table = town.table("a raise")
        assert letters(table) == ["A", "B", "C"]
        assert "message_thread_id" not in table.wire()
        assert _edits_refused(town) == 1

    lived(town, life)
