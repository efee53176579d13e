"""What is said about several meetings at once: moving them together, and swapping two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.wording.common import count, cut, listed

if TYPE_CHECKING:
    from collections.abc import Sequence


def move_all_label(number: int) -> str:
    return f"Move {count(number, 'meeting')}"


def move_line(what: str, change: str) -> str:
    return f"{what}: {change}"


def stays_line(what: str, old: str, why: str) -> str:
    return f"{what} stays on {old}: {why}"


def not_free(when: str) -> str:
    return f"{when} is not free"


def nothing_free() -> str:
    return "nothing is free there"


def no_type() -> str:
    return "it belongs to no event type of yours"


def move_all_text(lines: Sequence[str], label: str) -> str:
    each = "Each is a move of its own, and its people are told."
    return f"{label}? {'; '.join(lines)}. {each} Nothing moves until you press {label}."


def not_all_can_move(lines: Sequence[str]) -> str:
    return f"They cannot all go there: {'; '.join(lines)}. Which one shall I move?"


def none_can_move(lines: Sequence[str]) -> str:
    return f"None of them can go there: {'; '.join(lines)}."


def moved_line(what: str, change: str) -> str:
    return f"{what}: moved, {change}"


def where_to_all(number: int) -> str:
    return f"Where shall {count(number, 'meeting')} go? Say for example «to friday» or «an hour later»."


def one_at_a_time() -> str:
    return "Only one meeting at a time can stand there. Which one goes?"


def which_two() -> str:
    return "Which two meetings shall I swap? Name two people, or two times."


def swap_text(first: str, second: str, resting: str, *, twice: str) -> str:
    return (
        f"Swap {first} and {second}? Two meetings cannot stand at one time, so {cut(twice)} is moved twice, "
        f"by way of {resting}, and is told both times. Nothing moves until you press Swap."
    )


def cannot_swap(first: str, second: str, why: str) -> str:
    return f"I cannot swap {first} and {second}: {why}. Each can still be moved by itself."


def too_long_there(what: str, when: str) -> str:
    return f"{what} does not fit on {when}"


def no_resting_time() -> str:
    return "there is no free time where one of them could wait meanwhile"


def no_swap_here(service: str, first: str, second: str) -> str:
    return (
        f"{service} cannot move a booking, so {first} and {second} cannot be swapped without cancelling one first. "
        "Each can be moved by itself."
    )


def swapped(lines: Sequence[str]) -> str:
    return f"Swapped: {listed(list(lines))}."
