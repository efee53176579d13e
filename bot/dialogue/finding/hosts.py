"""Somebody else's public booking page: only what it offers to everybody, never what stands in their calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.acts import FormField, Look, LookUp, Style
from bot.dialogue.buttons import ButtonRow, form_button
from bot.dialogue.conversation import Doing
from bot.dialogue.families import SlotRequest
from bot.dialogue.request.forms import one_field
from bot.dialogue.request.people import people_in
from bot.dialogue.request.seeking import revised
from bot.dialogue.talk import Talk, do, show
from bot.dialogue.wording import booking as words
from bot.dialogue.wording import common
from bot.language.meaning import Intent
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from bot.dialogue.context import Step
    from bot.language.meaning import Understanding


_LONGEST_NAME = 64


def whose_calendar(understanding: Understanding, talk: Talk) -> str:
    """The name of the other person whose calendar is asked for; empty when it is nobody's."""
    if understanding.detail("username"):
        return understanding.detail("username")
    people = people_in(understanding, talk)
    if understanding.whose and understanding.mentions and people:
        return people[0].name
    return understanding.whose


def page_request(understanding: Understanding, talk: Talk, name: str) -> SlotRequest:
    """A look at what that person's page offers."""
    request = revised(
        replace(understanding, people=(), mentions=(), emails=()),
        talk,
        SlotRequest(intent=Intent.FIND_SLOTS, asked_at=talk.now),
    )
    host = understanding.detail("username") or None
    return replace(request, host=host, whose=name)


def look_at_page(talk: Talk, request: SlotRequest) -> Step:
    """Read what the page offers."""
    return do(talk, LookUp(what=Look.EVENT_TYPES, argument=request.host or ""), Doing.READING_PAGE)


def ask_for_page(talk: Talk, request: SlotRequest) -> Step:
    """The page's user name must be typed: guessing it from a name would show a stranger's page."""
    text = words.cannot_see_calendar(request.whose or "that person")
    field = FormField(name="host", label="User name of the booking page", hint="The last part of its address")
    button = form_button("page", "Name the page", one_field("Public booking page", field), request, style=Style.PRIMARY)
    return show(talk, request, text, (common.line(text), ButtonRow(buttons=(button,))))


def host_in(typed: str) -> str:
    """The user name in what was typed, a whole address included."""
    name = typed.strip().rstrip("/").rpartition("/")[2]
    return (
        name.lower()
        if len(name) <= _LONGEST_NAME and name.replace(".", "").replace("-", "").replace("_", "").isalnum()
        else ""
    )
