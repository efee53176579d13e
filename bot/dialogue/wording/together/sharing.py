"""Sentences about times that colleagues may pick, and about picking one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.wording import times
from bot.dialogue.wording.common import count, cut, listed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from bot.scheduling.together.sharing import Share


# ── for the sharer ─────────────────────────────────────────────────────────────────────────────────────────────────────


def with_whom() -> str:
    return (
        "With whom? Mention somebody, for example «share my times next week with @bo», or ask me in the channel itself."
    )


def only_members(names: Sequence[str]) -> str:
    return (
        f"{listed([cut(name) for name in names])} cannot press buttons here. "
        "Say «text I can paste» for times to send in a mail, or «make a link»."
    )


def asks_questions(title: str) -> str:
    return f"{cut(title)} asks questions that nobody could answer by picking a time. Share another event type."


def nothing_to_share() -> str:
    return "There is no free time to share in that stretch. Name another one."


def what(share: Share) -> str:
    span = share.slots[0].end - share.slots[0].start
    return f"{cut(share.title)} ({times.length(span)})"


def audience(names: Sequence[str]) -> str:
    return listed([cut(name) for name in names], "or") if names else "everybody here"


def share_label(names: Sequence[str]) -> str:
    return "Send" if names else "Share here"


def keep_private() -> str:
    return "Don't share"


def preview_heading(share: Share) -> str:
    return f"Share times for {cut(share.title)}?"


def preview(share: Share, names: Sequence[str], until: str) -> str:
    return (
        f"{audience(names).capitalize() if not names else audience(names)} could pick one of "
        f"{count(len(share.slots), 'time')} for {what(share)}, until {until}, "
        f"{count(share.most, 'booking')} at most. Nothing is shared until you press."
    )


def nothing_else() -> str:
    return "This is all that anybody sees. Each pick is booked on your calendar with a press of its own."


def shared(share: Share, until: str) -> str:
    return f"Shared {count(len(share.slots), 'time')} for {what(share)}, until {until}."


def end() -> str:
    return "End it now"


def standing_heading() -> str:
    return "Open polls and shared times"


def nothing_open() -> str:
    return "No poll is open, and no shared times. Say for example «poll @dana @omar: tue 3 or wed 10»."


def standing(share: Share, left: int, until: str) -> str:
    """«Times for Intro (30 min): 4 times left, until Fri 27 Nov 16:00»."""
    return f"Times for {what(share)}: {count(left, 'time')} left, until {until}"


def ended() -> str:
    return "Ended: nobody can pick a time from it any more. What was booked stands."


def was_picked(name: str, what_it_is: str, when: str) -> str:
    return f"{cut(name)} picked {when} for {what_it_is} from the times you shared. It is booked."


# ── for everybody ──────────────────────────────────────────────────────────────────────────────────────────────────────


def public_heading(share: Share) -> str:
    return f"{cut(share.sharer)} shares times"


def public(share: Share, until: str) -> str:
    where = f" {share.where}." if share.where else ""
    return (
        f"Pick a time for {what(share)} with {cut(share.sharer)}.{where} "
        f"You get a card of your own first; until {until}, {count(share.most, 'booking')} at most."
    )


def over(share: Share) -> str:
    return f"The times that {cut(share.sharer)} shared for {cut(share.title)} are gone or over."


def in_zone(zone: ZoneInfo) -> str:
    return f"{times.place(zone)} time"


# ── for who picks ──────────────────────────────────────────────────────────────────────────────────────────────────────


def not_for_you(sharer: str) -> str:
    return f"These times are for colleagues whom {cut(sharer)} chose. Ask {cut(sharer)} for a time of your own."


def your_own() -> str:
    return "These are your own times. Others can pick them."


def is_over(sharer: str) -> str:
    return f"{cut(sharer)}'s times can no longer be picked; nothing was booked."


def no_mail() -> str:
    return "I do not know your mail address, and the calendar needs one. Add it to your profile, then press again."


def taken(when: str) -> str:
    return f"{when} has just been taken."


def these_are_left() -> str:
    return "These are left:"


def heading(share: Share) -> str:
    return f"Book {cut(share.title)} with {cut(share.sharer)}?"


def card(share: Share, when: str) -> str:
    return f"{what(share)} with {cut(share.sharer)} on {when}. Nothing is booked until you press Book."


def booked(title: str, sharer: str, when: str) -> str:
    return f"Booked: {cut(title)} with {cut(sharer)} on {when}."


def requested(title: str, sharer: str, when: str) -> str:
    return f"Requested: {cut(title)} with {cut(sharer)} on {when}. It stands once it is approved."


# ── text to paste ──────────────────────────────────────────────────────────────────────────────────────────────────────


def paste(title: str, rows: Sequence[str], page: str) -> str:
    """Plain lines, for a mail."""
    head = f"Would one of these times suit you for {title}?"
    tail = [f"Or pick any other here: {page}"] if page else []
    return "\n".join((head, *(f"- {row}" for row in rows), *tail))


def open_page() -> str:
    return "Open the page"


def paste_lead() -> str:
    return "Text you can paste:"
