"""The README's table on a Calendly account: each «–» is answered by a plain sentence, every other row by what it calls."""

from __future__ import annotations

import pytest
from test_phrases import table
from transcripts import Transcript, staged

_HEAD = (("seed", "1"), ("route", "maton"), ("public_url", "https://pencil.example.com"))
_CONNECT = ("> connect calendly", "[Connect]", "visit", "[Check again]")
_NOT_THERE = (
    "Calendly cannot",
    "Calendly does",
    "Calendly has",
    "Calendly keeps",
    "Calendly deletes",
    "Calendly makes",
    "of Calendly books",
    "no repeating event type in Calendly",
)
_NEEDS_MORE = {"Somebody's public page": "I cannot look into", "Release a hold": "Nothing is waiting"}
"""Rows whose answer comes before the service is asked."""
_NAMES = (("priya", "lena"), ("sam", "lena"), ("swap lena and omar", "swap lena and ravi"))
"""Who has meetings in that account of the practice world."""


@pytest.mark.slow
async def test_every_row_says_what_calendly_does_with_it() -> None:
    transcript = Transcript("calendly", _HEAD, tuple(enumerate(_CONNECT, start=1)))
    wrong = []

    async with staged(transcript) as stage:
        difference = await stage.play()
        for row in table():
            phrase = row["phrase"]
            for name, other in _NAMES:
                phrase = phrase.replace(name, other)
            await stage._act("Dana", "> stop")
            await stage._act("Dana", f"> {phrase}")
            text = stage.replies[-1].text
            has_call = row["calendly"] != "–"
            says_not = any(fragment in text for fragment in (*_NOT_THERE, _NEEDS_MORE.get(row["what"], "–")))
            if "only do scheduling" in text or "does not let me" in text.partition(".")[0] * has_call:
                wrong.append((row["what"], text))
            if not has_call and not says_not:
                wrong.append((row["what"], text))

    assert not difference, difference
    assert not wrong
