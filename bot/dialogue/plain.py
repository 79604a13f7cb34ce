"""Plain: what every record of the dialogue is, frozen data that refuses unknown fields."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Plain(BaseModel):
    """Frozen data that refuses unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")
