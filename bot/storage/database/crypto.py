"""Sealing what is personal or secret: AES-256-GCM with a list of keys, of which the first seals and all open.

A sealed value is `version (1) | key id (4) | nonce (12) | ciphertext and tag`. It is bound to the row it stands in, so a value
that somebody copied into another row does not open there. The key id makes rows of an old key countable in SQL.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
from typing import TYPE_CHECKING

from bot.errors import BadSettings

if TYPE_CHECKING:
    from collections.abc import Sequence

KEY_LENGTH = 32
KEY_ID_START, KEY_ID_LENGTH = 1, 4
_VERSION = b"\x01"
_NONCE_LENGTH = 12
_HEADER_LENGTH = len(_VERSION) + KEY_ID_LENGTH + _NONCE_LENGTH
HOW_TO_MAKE_A_KEY = 'make one with: python -c "import base64, os; print(base64.b64encode(os.urandom(32)).decode())"'


class Unreadable(Exception):
    """A stored value that this program cannot read (any more): an unknown key, a foreign row, an old shape."""


def parse_keys(setting: str) -> tuple[bytes, ...]:
    """The keys of PENCIL_ENCRYPTION_KEY (base64, comma-separated); none for an empty setting. Raises `BadSettings`."""
    texts = [text for part in setting.split(",") if (text := part.strip())]
    return tuple(_key(text, place) for place, text in enumerate(texts, start=1))


def _key(text: str, place: int) -> bytes:
    plain = text.replace("-", "+").replace("_", "/").rstrip("=")
    try:
        key = base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
    except (binascii.Error, ValueError):
        raise BadSettings(f"PENCIL_ENCRYPTION_KEY: key {place} is not base64; {HOW_TO_MAKE_A_KEY}") from None
    if len(key) != KEY_LENGTH:
        raise BadSettings(
            f"PENCIL_ENCRYPTION_KEY: key {place} has {len(key)} bytes instead of {KEY_LENGTH}; {HOW_TO_MAKE_A_KEY}"
        )
    return key


def key_id(key: bytes) -> bytes:
    """What names a key in a sealed value without saying anything about it."""
    return hashlib.sha256(b"pencil key id\x00" + key).digest()[:KEY_ID_LENGTH]


class Keyring:
    """Seals with its first key, opens with any."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        # Imported here: OpenSSL's bindings are heavy, and `parse_keys` must stay cheap for the settings.
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

        self.current = key_id(keys[0])
        self._ciphers = {key_id(key): AESGCM(key) for key in reversed(keys)}

    @property
    def names(self) -> tuple[bytes, ...]:
        """What names the keys in sealed values."""
        return tuple(self._ciphers)

    def knows(self, sealed: bytes) -> bool:
        """Whether it was sealed with one of the keys."""
        return sealed[:1] == _VERSION and sealed[KEY_ID_START : KEY_ID_START + KEY_ID_LENGTH] in self._ciphers

    def seal(self, plain: bytes, *, place: str) -> bytes:
        """The sealed value; it opens only with the same `place`."""
        nonce = os.urandom(_NONCE_LENGTH)
        header = _VERSION + self.current + nonce
        return header + self._ciphers[self.current].encrypt(nonce, plain, place.encode())

    def open(self, sealed: bytes, *, place: str) -> bytes:
        """The plain value; raises `Unreadable` for an unknown key or a value that is not from here."""
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415  as in __init__

        cipher = self._ciphers.get(sealed[KEY_ID_START : KEY_ID_START + KEY_ID_LENGTH])
        if sealed[:1] != _VERSION or cipher is None:
            raise Unreadable("it was sealed with a key that is not in PENCIL_ENCRYPTION_KEY")
        nonce = sealed[_HEADER_LENGTH - _NONCE_LENGTH : _HEADER_LENGTH]
        try:
            return cipher.decrypt(nonce, sealed[_HEADER_LENGTH:], place.encode())
        except InvalidTag:
            raise Unreadable("it was altered or belongs to another row") from None
