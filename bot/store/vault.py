"""The vault: what people said is sealed on disk, each person's under a key of their own that goes when they go."""

from __future__ import annotations

import hashlib
import hmac
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections import OrderedDict
from collections.abc import Sequence
from typing import NamedTuple
from weakref import WeakKeyDictionary

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, Engine, bindparam, select, text, update

from bot.store.engine import reading
from bot.store.prepared import Prepared
from bot.store.tables import PERSON_KEYS

MARK = "~1"
"""What sealed words begin with; plain ones are JSON and never do."""

_NONCE = 12
_KEPT = 10_000
_VAULTS: WeakKeyDictionary[Engine, Vault] = WeakKeyDictionary()
_FIND = Prepared(select(PERSON_KEYS.c.id, PERSON_KEYS.c.wrapped).where(PERSON_KEYS.c.conversation == bindparam("name")))
_MAKE = Prepared(
    text(
        "INSERT INTO person_keys (id, conversation, wrapped) VALUES (:id, :name, :wrapped) "
        "ON CONFLICT (conversation) DO NOTHING"
    )
)


class SealedError(ValueError):
    """Words are sealed, and none of the secret keys opens them."""


class PersonKey(NamedTuple):
    """The key of one person's words, with the number that they are bound to."""

    id: str
    key: AESGCM


class Vault:
    """Wraps people's keys under the first of the secrets, and opens those wrapped under any of them."""

    def __init__(self, secrets: Sequence[str]) -> None:
        """A vault for secrets, newest first."""
        masters = [hashlib.sha256(b"limit guide vault " + secret.encode()).digest() for secret in secrets]
        self._masters = {hashlib.sha256(master).hexdigest()[:8]: AESGCM(master) for master in masters}
        self._newest = next(iter(self._masters))
        self._marking = masters[0]
        self._opened: OrderedDict[str, PersonKey] = OrderedDict()

    def wrap(self, number: str, key: bytes) -> str:
        """A person's key, readable only with the newest secret."""
        nonce = os.urandom(_NONCE)
        sealed = nonce + self._masters[self._newest].encrypt(nonce, key, number.encode())
        return f"{self._newest}.{urlsafe_b64encode(sealed).decode()}"

    def unwrap(self, number: str, wrapped: str) -> bytes:
        """A person's key.

        Raises:
            SealedError: when it was wrapped under a secret that is not known.
        """
        name, _, sealed = wrapped.partition(".")
        raw = urlsafe_b64decode(sealed)
        try:
            return self._masters[name].decrypt(raw[:_NONCE], raw[_NONCE:], number.encode())
        except (KeyError, InvalidTag):
            raise SealedError("SECRET_KEY does not open what is stored; the key it was sealed with is right") from None

    def mark(self, words: str) -> int:
        """One of sixty-four signs, always the same for the same words; which one, nobody can say without the secret."""
        return hmac.digest(self._marking, b"mark " + words.encode(), "sha256")[0] % 64

    def key_of(self, connection: Connection, name: str, *, make: bool) -> PersonKey | None:
        """The key of a conversation; made when it has none and one is wanted."""
        found = _FIND.on(connection, name=name).fetchone()
        if found is None and make:
            number = os.urandom(9).hex()
            _MAKE.on(connection, id=number, name=name, wrapped=self.wrap(number, os.urandom(32)))
            found = _FIND.on(connection, name=name).fetchone()
        return None if found is None else self._open(found[0], found[1])

    def _open(self, number: str, wrapped: str) -> PersonKey:
        opened = self._opened.pop(wrapped, None) or PersonKey(number, AESGCM(self.unwrap(number, wrapped)))
        self._opened[wrapped] = opened
        if len(self._opened) > _KEPT:
            self._opened.popitem(last=False)
        return opened


def keep_sealed(store: Engine, secrets: Sequence[str]) -> None:
    """Seal what this store keeps from now on; what is there already is sealed when it is next saved.

    Raises:
        SealedError: when the store is sealed and none of the secrets opens it.
    """
    vault = Vault(secrets) if secrets else None
    with reading(store) as connection:
        row = connection.execute(select(PERSON_KEYS.c.id, PERSON_KEYS.c.wrapped).limit(1)).first()
    if row is not None and vault is None:
        raise SealedError("what is stored is sealed; SECRET_KEY with the key it was sealed with is right")
    if vault is not None:
        _VAULTS[store] = vault
        if row is not None:
            vault.unwrap(row.id, row.wrapped)


def is_sealed(kept: str) -> bool:
    """Whether kept words are sealed."""
    return kept.startswith(MARK)


def sealed(connection: Connection, name: str, words: str) -> str:
    """Words as they are kept: sealed under the conversation's key, or as they are where there is no vault."""
    vault = _VAULTS.get(connection.engine)
    if vault is None:
        return words
    own = vault.key_of(connection, name, make=True)
    if own is None:
        raise SealedError(f"the key of {name} vanished while it was made")
    nonce = os.urandom(_NONCE)
    return MARK + urlsafe_b64encode(nonce + own.key.encrypt(nonce, words.encode(), own.id.encode())).decode()


def unsealed(connection: Connection, name: str, kept: str) -> str:
    """Kept words as they were said.

    Raises:
        SealedError: when they are sealed and no key opens them.
    """
    if not is_sealed(kept):
        return kept
    vault = _VAULTS.get(connection.engine)
    own = None if vault is None else vault.key_of(connection, name, make=False)
    if own is None:
        raise SealedError("what is stored is sealed; SECRET_KEY with the key it was sealed with is right")
    raw = urlsafe_b64decode(kept.removeprefix(MARK))
    try:
        return own.key.decrypt(raw[:_NONCE], raw[_NONCE:], own.id.encode()).decode()
    except InvalidTag:
        raise SealedError("stored words were changed or belong to somebody else") from None


def sealed_for(connection: Connection, place: str, words: str) -> str | None:
    """Words of nobody's as they are kept, bound to their place; None where there is no vault."""
    vault = _VAULTS.get(connection.engine)
    return None if vault is None else vault.wrap(f"house {place}", words.encode())


def unsealed_for(connection: Connection, place: str, kept: str) -> str:
    """Words of nobody's as they were.

    Raises:
        SealedError: when no secret opens them.
    """
    vault = _VAULTS.get(connection.engine)
    if vault is None:
        raise SealedError("what is stored is sealed; SECRET_KEY with the key it was sealed with is right")
    return vault.unwrap(f"house {place}", kept).decode()


def mark_of(connection: Connection, words: str) -> int:
    """One of sixty-four signs for words; always the first where there is no vault."""
    vault = _VAULTS.get(connection.engine)
    return 0 if vault is None else vault.mark(words)


def wrap_anew(connection: Connection) -> int:
    """Wrap every person's key under the newest secret, so that older ones can go; returns how many there are."""
    vault = _VAULTS.get(connection.engine)
    if vault is None:
        return 0
    rows = connection.execute(select(PERSON_KEYS.c.id, PERSON_KEYS.c.wrapped)).all()
    for number, wrapped in rows:
        anew = vault.wrap(number, vault.unwrap(number, wrapped))
        connection.execute(update(PERSON_KEYS).where(PERSON_KEYS.c.id == number).values(wrapped=anew))
    return len(rows)
