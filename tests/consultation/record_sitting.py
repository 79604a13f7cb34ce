"""Write the transcript of a sitting anew, to be read: ``python -m tests.consultation.record_sitting``."""

from __future__ import annotations

import logging
from pathlib import Path

from tests.consultation.big_script import Script
from tests.consultation.big_sitting import BigSitting
from tests.consultation.scribe import line_of

SCRIPT = Script(4, members=10, minutes=40.0, messages=48, kills=((558.0, 3.0), (1017.0, 8.0), (1629.0, 5.0)))
TRANSCRIPT = Path(__file__).parent / "a_sitting.txt"


def lived(script: Script) -> BigSitting:
    """The sitting of a script, lived through."""
    evening = BigSitting(script)
    evening.lives()
    return evening


def transcript_of(evening: BigSitting) -> str:
    """Everything that could be seen in the groups and in the private talks of an adviser and a member."""
    return "\n".join(line_of(seen) for seen in evening.told_all()) + "\n"


if __name__ == "__main__":
    logging.lastResort = None
    TRANSCRIPT.write_text(transcript_of(lived(SCRIPT)), encoding="utf-8")
