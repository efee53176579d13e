"""Sentences that any answer may need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.acts import Heading, Line, Note

if TYPE_CHECKING:
    from collections.abc import Sequence


def line(text: str) -> Line:
    """A paragraph."""
    return Line(text=text)


def small(text: str) -> Note:
    """Small print."""
    return Note(text=text)


def heading(text: str) -> Heading:
    """A title line, cut to what surfaces can show."""
    return Heading(text=cut(text, 140))


def cut(text: str, length: int = 60) -> str:
    """At most that many characters, on one line."""
    flat = " ".join(text.split())
    return flat if len(flat) <= length else f"{flat[: length - 1].rstrip()}…"


def listed(words: Sequence[str], joint: str = "and") -> str:
    """«a», «a and b», «a, b and c»."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {joint} {words[-1]}"


def count(number: int, noun: str, plural: str = "") -> str:
    """«1 meeting», «2 meetings»."""
    return f"{number} {noun}" if number == 1 else f"{number} {plural or noun + 's'}"


def answered_privately() -> str:
    """What a public place sees when the answer is personal."""
    return "I answered you privately."


def read_only() -> str:
    return "I am set to read-only, so I can show this but not write it."


def dry_run() -> str:
    return "This is a dry run: a press is recorded, but nothing is sent."


def left_out(pieces: Sequence[str]) -> str:
    """What nobody read."""
    return f"I left out {listed([f'“{cut(piece)}”' for piece in pieces])}."


def only_owner(name: str) -> str:
    """To somebody who pressed another person's card."""
    return f"Only {name} can confirm this card. Ask me for your own and I will make you one."


def lost_card() -> str:
    """To a button that nobody remembers."""
    return "I no longer have that card, so nothing was changed. Tell me what you need and I will make a fresh one."


def retired_card() -> str:
    return "That card was replaced by a newer one, so nothing was changed."


def broken() -> str:
    """The state does not fit what arrived."""
    return "I lost the thread there. Nothing was changed; please say it once more."


def try_again() -> str:
    return "Try again"


def press(label: str) -> str:
    """A typed yes writes nothing."""
    return f"A typed yes changes nothing on purpose: press {label} on this card to confirm."


def without_press(text: str, label: str) -> str:
    """The text without the sentence that nothing happens until that button is pressed: for a card that has not got it."""
    before, promise, after = text.partition(f" until you press {label}.")
    if not promise:
        return text
    ends = max(before.rfind(mark) for mark in (". ", "? ", "\n"))
    return f"{before[: ends + 1]}{after}".strip()


def other_order(day: str) -> str:
    """The button for a date in figures read the other way round."""
    return f"{day} instead"


def nothing_waiting() -> str:
    return "Nothing is waiting for an answer. Tell me what to do, for example «book intro with priya@example.com tuesday 2pm»."


def stopped(*, had_card: bool) -> str:
    return f"{'I dropped the open card. ' if had_card else ''}Nothing is pending, and nothing was changed."
