"""Sentences about polls: the times that are voted on, who can, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.wording.common import count, cut, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.scheduling.together.polls import Poll


def which_times() -> str:
    return "Which times? Name two or more, for example «poll @ana @bo: tue 3, wed 10 or thu 2»."


def whom() -> str:
    return "Whom shall I ask? Mention at least one colleague."


def too_many(most: int) -> str:
    return f"A poll holds up to {most} times; these are the first of them."


def not_yours(times: Sequence[str]) -> str:
    return f"You are not free on {listed(times, 'or')}; that is said here only."


def preview_heading() -> str:
    return "Post this poll?"


def preview(poll: Poll, rows: Sequence[str]) -> str:
    names = listed([cut(one.name) for one in poll.invited])
    return f"Ask {names} about {'; '.join(rows)}. Nothing is posted until you press."


def post() -> str:
    return "Post poll"


def drop() -> str:
    return "Don't post"


def posted(poll: Poll, until: str) -> str:
    return f"The poll is out: {count(len(poll.slots), 'time')}, {count(len(poll.invited), 'person', 'people')}, until {until}."


def is_out() -> str:
    return "The poll is out and stays as it is. Say «close the poll», and then put the other times to the vote."


def heading(poll: Poll) -> str:
    return f"{cut(poll.asker)} asks: when can you?"


def intro(poll: Poll, until: str) -> str:
    return (
        f"{cut(poll.asker)} looks for a time for {cut(poll.title)} with {listed([cut(one.name) for one in poll.invited])}. "
        f"Press every time that suits you; press it again to take it back. Until {until}."
    )


def row(number: int, total: int, names: Sequence[str]) -> str:
    """Who can, behind the time."""
    return f": {number} of {total} ({listed([cut(name, 30) for name in names])})" if names else f": 0 of {total}"


def none_of_these() -> str:
    return "None of these"


def standing(poll: Poll, until: str) -> str:
    """«Poll about Intro: 1 of 2 have answered, until Thu 26 Nov 15:00»."""
    return f"Poll about {cut(poll.title)}: {len(poll.voted)} of {poll.total} have answered, until {until}"


def close() -> str:
    return "Close poll"


def waiting(names: Sequence[str]) -> str:
    return f"No answer yet from {listed([cut(name) for name in names])}." if names else "Everybody has answered."


def closed() -> str:
    return "This poll is closed."


def is_closed() -> str:
    return "That poll is closed; your vote was not counted."


def result(able: int, total: int, when: str, everybody: bool) -> str:  # noqa: FBT001  read as one sentence
    lead = f"{able} of {total} can {when}."
    return lead if everybody else f"{lead} It is the time that suits most."


def nobody_can() -> str:
    return "Nobody can at any of these times. Ask for others."


def book_it() -> str:
    return "Book it"
