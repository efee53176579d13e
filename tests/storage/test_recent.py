"""What this process has stored itself is known again by its bytes; nothing else is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from storage_worlds import ANA, DM, KEY, card, conversation, opened

from bot.storage.database.crypto import Unreadable
from bot.storage.database.recent import Recent
from bot.storage.database.schema import CARD_BODY, CONVERSATION_BODY
from bot.storage.database.values import CARD, CONVERSATION, Vault

if TYPE_CHECKING:
    from pathlib import Path

    from bot.storage.store import Store

TALK = ("", "T1", "UANA", "D1", "")


def test_what_was_sealed_here_is_at_hand() -> None:
    vault, value = Vault([KEY]), conversation()

    sealed = vault.seal(CONVERSATION, value, CONVERSATION_BODY, *TALK)

    assert vault.open(CONVERSATION, sealed, CONVERSATION_BODY, *TALK) is value
    read = Vault([KEY]).open(CONVERSATION, sealed, CONVERSATION_BODY, *TALK)
    assert read == value
    assert read is not value


def test_a_value_is_at_hand_for_its_own_row_only() -> None:
    vault, value = Vault([KEY]), card()
    sealed = vault.seal(CARD, value, CARD_BODY, value.id)

    with pytest.raises(Unreadable):
        vault.open(CARD, sealed, CARD_BODY, "another")


def test_altered_bytes_are_not_known() -> None:
    vault, value = Vault([KEY]), card()
    sealed = vault.seal(CARD, value, CARD_BODY, value.id)

    with pytest.raises(Unreadable):
        vault.open(CARD, sealed[:-1] + bytes([sealed[-1] ^ 1]), CARD_BODY, value.id)


def test_a_text_that_is_not_kept_whole_is_read_as_it_was_kept() -> None:
    vault, value = Vault([KEY]), replace(conversation(), last_said="half \ud83d")

    sealed = vault.seal(CONVERSATION, value, CONVERSATION_BODY, *TALK)

    assert vault.open(CONVERSATION, sealed, CONVERSATION_BODY, *TALK).last_said == "half ?"


def test_the_oldest_goes_first() -> None:
    recent = Recent(most=2)

    for number in range(3):
        recent.keep(bytes([number]), "here", number)

    assert [recent.get((bytes([number]), "here")) for number in range(3)] == [None, 1, 2]


async def test_what_another_process_has_saved_since_is_read(tmp_path: Path) -> None:
    async with opened(f"sqlite:///{tmp_path / 'p.db'}") as ours, opened(f"sqlite:///{tmp_path / 'p.db'}") as theirs:
        first = await ours.conversations.save(conversation())
        await theirs.conversations.save(replace(await theirs.conversations.load(DM), last_said="and more"))

        assert (await ours.conversations.load(DM)).last_said == "and more"
        assert first.last_said == conversation().last_said


async def test_nothing_is_at_hand_of_who_was_forgotten(tmp_path: Path) -> None:
    async with opened(f"sqlite:///{tmp_path / 'p.db'}") as store:
        await store.conversations.save(conversation())

        await store.conversations.forget(ANA)

        assert _known(store) == 0


def _known(store: Store) -> int:
    return len(store.vault.recent)
