"""Sentences about what came of a press, and about failures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.wording.common import count, cut

if TYPE_CHECKING:
    from bot.errors import PencilError


def not_sure_yet(what: str) -> str:
    return f"Not sure yet: no answer came for {what}. I am checking, and will say here what came of it."


def cannot_know(what: str) -> str:
    return f"I could not find out whether {what} went through. Please look into your calendar before you try again."


def not_written(what: str) -> str:
    return f"{what[:1].upper()}{what[1:]} did not go through; nothing was written."


def after_all() -> str:
    """Above an outcome whose person was told before that nothing had been written."""
    return "It went through after all, later than I looked for it."


def refused(what: str, why: str) -> str:
    return f"{what[:1].upper()}{what[1:]} did not go through. {why or 'Nothing was written.'}"


def too_late(what: str) -> str:
    return f"I was interrupted before I could carry out {what}, so nothing was written. Press again on a fresh card."


def not_sent(what: str) -> str:
    return f"This is a dry run: {what} was recorded, and nothing was sent."


def skipped(what: str) -> str:
    return f"{what[:1].upper()}{what[1:]} was not tried, because the step before it failed."


def summary(done: int, number: int) -> str:
    return f"{done} of {count(number, 'press')} came through." if number == 1 else f"{done} of {number} went through."


def expired() -> str:
    return "That card had expired, so nothing was written. Here is a fresh one."


def failed(error: PencilError) -> str:
    """What happened, in the error's own sentence for a person."""
    text = cut(error.for_person, 400)
    return text if text.endswith((".", "?")) else f"{text}."


def gone() -> str:
    return "I could not find that meeting any more. Nothing was changed."


def released() -> str:
    return "The hold is released; the time is free for others again."


def release_left(until: str) -> str:
    return f"The hold itself is still there; it runs out by itself{f' at {until}' if until else ''}."


def done() -> str:
    return "Done."
