"""Settings from the environment, read once; an unknown name with our prefix is an error at start."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from platformdirs import user_data_path
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator

PREFIX = "LIMIT_GUIDE_"


class Settings(BaseModel):
    """All settings by their contract names, without the prefix and in lower case."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    bot_token: SecretStr | None = Field(None, description="token of the Telegram bot")
    bot_api_url: str = Field("https://api.telegram.org", description="root of a Bot API server")
    database_url: str = Field("", description="database; SQLite in the data folder when empty")
    webhook_url: str = Field("", description="public address for the webhook; polling when empty")
    webhook_listen: str = Field("127.0.0.1:8443", description="host and port the webhook listens on")
    webhook_secret: SecretStr | None = Field(None, description="secret that Telegram sends with each update")
    owner_ids: str = Field("", description="user ids of the owners, comma separated")
    secret_key: SecretStr | None = Field(None, description="encryption keys, newest first, comma separated")
    data_dir: Path = Field(default_factory=lambda: user_data_path("limit-guide"), description="folder for data")
    log_level: str = Field("WARNING", description="DEBUG, INFO, WARNING or ERROR")
    metrics_listen: str = Field("", description="host and port for health and metrics; off when empty")
    timezone: str = Field("Asia/Shanghai", description="zone of dates shown and reminders")

    @field_validator("log_level")
    @classmethod
    def _known_level(cls, value: str) -> str:
        if value.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
            raise ValueError("DEBUG, INFO, WARNING or ERROR would be right")
        return value.upper()

    @field_validator("bot_api_url")
    @classmethod
    def _reachable(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError("an address such as https://api.telegram.org would be right")
        return value

    @field_validator("owner_ids")
    @classmethod
    def _numbers(cls, value: str) -> str:
        if not all(part.strip().isdecimal() for part in value.split(",") if part.strip()):
            raise ValueError("numbers of Telegram users, separated by commas, would be right")
        return value

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            return ZoneInfo(value).key
        except (OSError, ValueError, ZoneInfoNotFoundError):
            raise ValueError("a zone such as Asia/Shanghai would be right") from None

    @property
    def owners(self) -> frozenset[int]:
        """The owners' numbers in the messenger."""
        return frozenset(int(part) for part in self.owner_ids.split(",") if part.strip())

    @property
    def secrets(self) -> tuple[str, ...]:
        """The secret keys, newest first; none when nothing is set."""
        told = self.secret_key.get_secret_value() if self.secret_key else ""
        return tuple(part.strip() for part in told.split(",") if part.strip())

    @property
    def names_a_database(self) -> bool:
        """Whether somebody has set where the data are."""
        return not self.model_fields_set.isdisjoint({"database_url", "data_dir"})

    @property
    def database(self) -> str:
        """The database's address: the one set, or an SQLite file in the data folder."""
        return self.database_url or f"sqlite:///{self.data_dir / 'limit-guide.db'}"


class SettingsError(ValueError):
    """A setting is unknown or unusable; the message names it and what would be right."""


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Settings from a mapping of environment variables.

    Raises:
        SettingsError: for an unknown name with the prefix or a value that cannot be used.
    """
    given = {name[len(PREFIX) :].lower(): value for name, value in environment.items() if name.startswith(PREFIX)}
    unknown = sorted(given.keys() - Settings.model_fields.keys())
    if unknown:
        known = ", ".join(name.upper() for name in Settings.model_fields)
        raise SettingsError(f"{PREFIX}{unknown[0].upper()} is not a setting; {known} are")
    try:
        return Settings.model_validate({name: value for name, value in given.items() if value != ""})
    except ValidationError as error:
        first = error.errors()[0]
        raise SettingsError(
            f"{PREFIX}{str(first['loc'][0]).upper()}: {first['msg'].removeprefix('Value error, ')}"
        ) from None
