"""The doctor's line for each account: what its host really offers, and nobody's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from transcripts import Transcript, staged

from bot.operating import offered
from bot.operating.offered import offered_to

if TYPE_CHECKING:
    import pytest

CONNECTED = (
    "> connect cal.com",
    "[Connect]",
    "visit",
    "[Check again]",
    "> connect calendly",
    "[Connect]",
    "visit",
    "[Check again]",
)


async def test_every_account_is_told_by_what_its_host_offers() -> None:
    head = (("seed", "1"), ("route", "maton"), ("public_url", "https://pencil.example.com"))
    transcript = Transcript("two accounts", head, tuple(enumerate(CONNECTED, start=1)))

    async with staged(transcript) as stage:
        difference = await stage.play()
        lines = await offered_to(stage.house)

    assert not difference, difference
    assert [name.split(",")[0] for name, _, _ in lines] == [
        "account 1 (calcom over maton",
        "account 2 (calendly over maton",
    ]
    assert "out of office" in lines[0][1].partition(";")[0]
    assert lines[1][1].startswith("offers event types, working hours, bookings, links for one use, contacts")
    assert not any("dana" in f"{name} {text}".lower() for name, text, _ in lines)


async def test_accounts_that_are_not_asked_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(offered, "MOST_ACCOUNTS", 1)
    head = (("seed", "1"), ("route", "maton"), ("public_url", "https://pencil.example.com"))
    async with staged(Transcript("two accounts", head, tuple(enumerate(CONNECTED, start=1)))) as stage:
        await stage.play()
        asked, left = await offered_to(stage.house)

    assert asked[0].startswith("account 1 (calcom")
    assert (left[0], left[1]) == ("accounts", "1 of 2 is not looked at: no more than 1 is asked at a time")
