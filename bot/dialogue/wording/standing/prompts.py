"""Sentences offered to be said: a title for the button, and what is then said."""

from __future__ import annotations

from bot.dialogue.wording.common import count

Prompt = tuple[str, str]


def first_steps(*, was_connected: bool) -> tuple[Prompt, ...]:
    connect = "Connect my calendar again" if was_connected else "Connect my calendar"
    return (connect, "connect"), help_()


def pending(waiting: int) -> Prompt:
    return f"Show {count(waiting, 'request')} that wait{'s' if waiting == 1 else ''} for me", "show pending requests"


def standing(polls: int, shares: int) -> Prompt:
    """What stands open before colleagues."""
    if not shares:
        return "How does my poll stand?" if polls == 1 else f"How do my {polls} polls stand?", "show my polls"
    if not polls:
        return "Who picked of my shared times?", "show my polls"
    return "My open polls and shared times", "show my polls"


def today(meetings: int) -> Prompt:
    return f"My {count(meetings, 'meeting')} today" if meetings > 1 else "My meeting today", "what do I have today"


def week() -> Prompt:
    return "What do I have this week?", "what do I have this week"


def held(holds: int) -> Prompt:
    return f"What I hold ({holds})", "show my holds"


def free() -> Prompt:
    return "When am I free this week?", "what's free this week"


def move() -> Prompt:
    return "Move my next meeting", "move my next meeting"


def agenda() -> Prompt:
    return "Send me my agenda", "every morning at 8 send me my agenda"


def help_() -> Prompt:
    return "What can you do?", "help"
