"""Hearing somebody's own numbers in a text: of an ID, a bank card, a phone or a code, by their shapes and checksums."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Literal

from knowledge.folding import fold

Number = Literal["id_number", "bank_card", "phone", "code"]

_LONGEST = 4096
_NUMERALS = str.maketrans("零〇一二三四五六七八九幺", "001234567891")
"""Chinese numerals, of which some people write long numbers so that nobody finds them."""

_DIGITS = re.compile(r"\d{4}")
_ID = re.compile(r"(?<!\d)(\d{6})[ -]?(\d{8})[ -]?(\d{3})([\dx])(?![\da-z])")
_CARD = re.compile(r"(?<!\d)\d{4}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?(?!\d)")
_ISSUERS = re.compile(r"62|60|4|5[1-5]|2[2-7]|35|36|38")
_PHONE = re.compile(r"(?<![\d.])(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?![\d.]\d|\d)")
_ID_SAID = re.compile(r"(?:身份证(?:号码|号)?|\bid number)(?: is|[ :=是为]){0,4}\d{15,18}")
_CARD_SAID = re.compile(r"(?:卡号|card number)(?: is|[ :=是为]){0,4}\d{13,19}")
"""Numbers that are told to be what they are count though no checksum holds."""

_CODE_WORDS = "验证码|校验码|动态码|动态密码|短信码|支付密码|登录密码|密码"
_UNITS = "年月日号秒分次元块个位天小时万"
_CODES = (
    re.compile(rf"(?:{_CODE_WORDS})[ :=是为【\[(]{{0,4}}(\d{{4,8}})(?![\d{_UNITS}])"),
    re.compile(rf"(?<!\d)(\d{{4,8}}) ?[(]? ?[是为]?[你您我他]?的?(?:{_CODE_WORDS})"),
    re.compile(
        r"(?<!zip )(?<!postal )(?<!post )(?<!area )(?<!error )(?<!promo )(?<!invite )"
        r"\b(?:code|otp|password|passcode|pin)(?: is| was)?[ :=]{1,3}(\d{4,8})\b"
    ),
    re.compile(r"\b(\d{4,8}) is (?:my|your|his|her|the)(?: [a-z-]{1,14}){0,3} (?:code|otp|password|pin)\b"),
)
_SERVICE = re.compile(r"(?:95\d{3}|96\d{3,4}|100\d{2}|12\d{3}|110|11\d)\Z")
"""Numbers that everybody calls: banks, carriers, the police."""

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10x98765432"


def own_number(text: str) -> Number | None:
    """Which of somebody's own numbers a text holds: of an ID, a bank card, a phone, or a code or password.

    It takes time that grows with the length of the text alone; the number itself is not handed on.
    """
    plain = fold(text[:_LONGEST]).translate(_NUMERALS)
    return None if _DIGITS.search(plain) is None else next(_found(plain), None)


def _found(plain: str) -> Iterator[Number]:
    if any(_is_id(*found.groups()) for found in _ID.finditer(plain)) or _ID_SAID.search(plain):
        yield "id_number"
    if any(_is_card(found.group()) for found in _CARD.finditer(plain)) or _CARD_SAID.search(plain):
        yield "bank_card"
    if any(_is_code(found.group(1)) for pattern in _CODES for found in pattern.finditer(plain)):
        yield "code"
    if _PHONE.search(plain):
        yield "phone"


def _is_id(region: str, born: str, number: str, check: str) -> bool:
    """Whether it is an identity number: a day of birth that was, and the checksum of GB 11643."""
    digits = region + born + number
    if check != _CHECKS[sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=True)) % 11]:
        return False
    try:
        return 1900 <= dt.date(int(born[:4]), int(born[4:6]), int(born[6:])).year <= 2100
    except ValueError:
        return False


def _is_card(written: str) -> bool:
    """Whether it is a card's number: an issuer's first digits, and the sum of Luhn."""
    digits = [int(sign) for sign in written if sign.isdigit()]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[-2::-2]]
    return (sum(doubled) + sum(digits[-1::-2])) % 10 == 0 and _ISSUERS.match(written) is not None


def _is_code(digits: str) -> bool:
    return _SERVICE.match(digits) is None
