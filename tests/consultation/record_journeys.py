"""Write every journey in a group anew from its lines, to be read before it is kept."""

from __future__ import annotations

from tests.consultation.group_walking import GroupWalk, journeys, read_journey, written

if __name__ == "__main__":
    for path in journeys():
        journey = read_journey(path)
        path.write_text(written(journey, GroupWalk(journey).walk()), encoding="utf-8")
