"""What the README says is true: commands, paths, settings, the map, the transcript."""

from __future__ import annotations

import re
import shlex

import pytest

from bot.__main__ import commands
from bot.settings import PREFIX, Settings, SettingsError, read_settings
from tests.house.mapping import drawn_map
from tests.house.rooms import ROOT
from tests.house.writing import settings_table, transcript
from tests.journeys.walking import journeys

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_map_is_current() -> None:
    """The README's map is the one that the captions draw; python -m tests.house.writing draws it anew."""
    assert drawn_map() in README


def test_the_settings_are_complete() -> None:
    """Every setting stands in the README with its default and its sentence."""
    assert settings_table() in README


def test_the_transcript_is_real() -> None:
    """The README's transcript is the end of a journey that the tests walk."""
    assert transcript() in README


def test_every_path_exists() -> None:
    """Every path of the project that the README names is there."""
    named = set(re.findall(r"`((?:simulator|knowledge|bot|tests)/[\w./-]*)`", README))
    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_every_command_is_named_and_real() -> None:
    """The README names every command, and no other."""
    named = set(re.findall(r"`limit-guide (\w+)", README))
    assert named == set(commands())


def test_there_are_two_commands_to_start_with() -> None:
    """One line sets up and talks, one sets up and tests; CI runs the second as it is printed."""
    blocks = re.findall(r"```sh\n(.+?)\n```", README, flags=re.DOTALL)
    assert [block for block in blocks if block.endswith("limit-guide chat")]
    tests = next(block for block in blocks if '-e ".[dev]"' in block)
    assert "grep -m 1 -F -- '-e \".[dev]\"' README.md" in (ROOT / ".ci/run").read_text()
    assert shlex.split(tests)[-2:] == [".venv/bin/poe", "check"]


def test_no_committed_file_names_a_registry() -> None:
    """The constraints hold names and versions only."""
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    assert lines
    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.]+", line)] == []


@pytest.mark.parametrize("name", ["BOT_TOKENN", "bot_token", "X"])
def test_an_unknown_setting_is_an_error(name: str) -> None:
    """A name with the prefix that is no setting stops the start and names the ones that are."""
    with pytest.raises(SettingsError, match="is not a setting"):
        read_settings({PREFIX + name: "1", "PATH": "/bin"} if name != "bot_token" else {PREFIX + "NOPE": "1"})


def test_settings_have_the_contracts_defaults() -> None:
    """Without a setting the contract's defaults hold, and the token is never shown."""
    settings = read_settings({PREFIX + "BOT_TOKEN": "12:canary"})
    assert settings.bot_api_url == "https://api.telegram.org"
    assert settings.timezone == "Asia/Shanghai"
    assert settings.database.startswith("sqlite:///")
    assert "canary" not in repr(settings)


def test_a_wrong_level_is_told_kindly() -> None:
    """A value that cannot be used names the setting and what would be right."""
    with pytest.raises(SettingsError, match=r"LOG_LEVEL.*DEBUG, INFO"):
        read_settings({PREFIX + "LOG_LEVEL": "loud"})


def test_settings_and_contract_agree() -> None:
    """The names are those that outsiders rely on."""
    contract = "BOT_TOKEN BOT_API_URL DATABASE_URL WEBHOOK_URL WEBHOOK_LISTEN WEBHOOK_SECRET OWNER_IDS SECRET_KEY"
    contract += " DATA_DIR LOG_LEVEL METRICS_LISTEN TIMEZONE"
    assert {name.upper() for name in Settings.model_fields} == set(contract.split())


def test_ten_lives_are_walked() -> None:
    """The README's promise of ten lives holds."""
    assert len(journeys()) >= 10
