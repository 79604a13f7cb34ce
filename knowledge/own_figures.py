"""Numbers that the house says without citing anybody: official hotlines and a few constants, each with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

HOTLINES: Mapping[str, str] = MappingProxyType({
    "110": "the police",
    "120": "the ambulance",
    "12309": "the procurators",
    "12315": "the market regulator",
    "12345": "the city government",
    "12348": "free legal advice",
    "12356": "mental health",
    "12363": "the central bank, for credit records and users of finance",
    "12378": "the financial regulator, for banks and consumer-finance companies",
    "95188": "Alipay's own service",
    "96110": "the police, against fraud",
})
"""Official telephone numbers and whose they are."""

CONSTANTS: Mapping[str, str] = MappingProxyType({
    "6": "half of the horizon of an estimate, in months",
    "12": "the horizon of an estimate in months, and the months of a year",
    "18": "the age of majority, under which nobody here talks of borrowing",
})
"""Numbers of the house's own design that phrases may say, and why they stand there."""
