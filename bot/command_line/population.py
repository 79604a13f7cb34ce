"""limit-guide population: synthetic profiles from the prior, one JSON a line."""

from __future__ import annotations

from simulator.commands.population import COMMAND as POPULATION

COMMAND = POPULATION
