"""Write every journey's transcript anew from its typed lines, to be read before it is committed."""

from __future__ import annotations

from tests.journeys.walking import journeys, read_journey, walk, written

if __name__ == "__main__":
    for path in journeys():
        journey = read_journey(path)
        path.write_text(written(journey, walk(journey)), encoding="utf-8")
