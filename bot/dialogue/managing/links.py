"""Links that are used up or run out, with terms of their own where the service has those; and event types for one person."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.dialogue.acts import Facts
from bot.dialogue.buttons import ButtonRow, keep_button, link_button, resume_button, write_button
from bot.dialogue.families import SlotRequest
from bot.dialogue.finding.event_types import choose_type
from bot.dialogue.managing.event_types import type_meant
from bot.dialogue.talk import say, show
from bot.dialogue.wording import account as words
from bot.dialogue.wording import common, times
from bot.dialogue.wording import managing as type_words
from bot.language.meaning import Intent
from bot.scheduling.hosting_writes import CreateOneOff
from bot.scheduling.replacing import replace
from bot.scheduling.times import day_bounds
from bot.scheduling.writes import CreateLink

if TYPE_CHECKING:
    from datetime import date

    from bot.dialogue.context import Step
    from bot.dialogue.families import EventTypeRequest
    from bot.dialogue.talk import Talk
    from bot.scheduling.models import EventType

_USUAL = timedelta(minutes=30)
_LONGEST_TITLE = 55
"""Of a link with a title of its own, at Calendly."""


def create_link(talk: Talk, request: EventTypeRequest) -> Step:
    """A single-use link, or the type's own page where there are none."""
    kind = type_meant(talk, request)
    asked = SlotRequest(intent=Intent.FIND_SLOTS, event_type=kind.id if kind else None)
    choice = choose_type(asked if kind else replace(asked, length=request.length), talk.context.event_types)
    if choice is None:
        return say(talk, type_words.no_event_types_yet(), is_personal=True)
    can = talk.context.capabilities
    if can is None or not can.links:
        return _page_instead(talk, request, choice.kind)
    write, until = _link(talk, request, choice.kind)
    terms = _terms(talk, write)
    text = words.link_text(choice.kind, write.uses, until, terms)
    if not can.link_uses and (request.count or 1) > 1:
        text = f"{words.link_books_once(talk.service)} {text}"
    if not can.link_terms and request.length is not None and request.length != choice.kind.length:
        text = f"{words.link_keeps_length(talk.service)} {text}"
    buttons = (write_button("link", "Make link", write), keep_button("keep", "Keep as is"))
    parts = (common.line(text), ButtonRow(buttons=buttons))
    return show(talk, replace(request, event_type=choice.kind.id), text, parts)


def create_one_off(talk: Talk, request: EventTypeRequest) -> Step:
    """A card for an event type of one person's, on these days; where there are none, a link that ends with the last of them."""
    days = _days(talk, request)
    who = request.person.name if request.person is not None else ""
    title = (request.new_name or request.name or request.topic).strip() or words.one_off_title(who)
    length = request.length or _USUAL
    if days is None:
        return say(talk.asking(request), words.which_days(), is_personal=True)
    can = talk.context.capabilities
    if can is None or not can.one_off:
        text = words.no_one_off(talk.service)
        link = resume_button("link", "Make a link instead", replace(request, intent=Intent.CREATE_LINK))
        return show(talk, request, text, (common.line(text), ButtonRow(buttons=(link,))), is_live=False)
    write = CreateOneOff(title=title, length=length, first=days[0], last=days[1], zone=str(talk.zone))
    said = times.dates(_between(*days), talk.today)
    rows = (("Name", common.cut(title)), ("Length", times.length(length)), ("Days", said), ("For", common.cut(who)))
    text = words.one_off_text(title, length, said)
    buttons = (write_button("one_off", "Make it", write), keep_button("keep", "Keep as is"))
    parts = (
        common.heading(words.one_off_heading()),
        Facts(rows=tuple(row for row in rows if row[1])),
        common.line(text),
        ButtonRow(buttons=buttons),
    )
    return show(talk, request, text, parts)


def _page_instead(talk: Talk, request: EventTypeRequest, kind: EventType) -> Step:
    text, url = words.no_link(talk.service), kind.booking_url
    links = (link_button("open", f"Open {common.cut(kind.title, 40)}", url),) if url.startswith("http") else ()
    more = f"{text} {words.page_link(kind)}" if url else text
    parts = (common.line(more), ButtonRow(buttons=links))
    return show(talk, replace(request, is_done=True), more, parts, is_live=False)


def _link(talk: Talk, request: EventTypeRequest, kind: EventType) -> tuple[CreateLink, str]:
    """The link with its uses, its end or its terms, as far as the service has those; and that end in words."""
    can, days = talk.context.capabilities, _days(talk, request)
    if can is not None and can.link_terms:
        return CreateLink(
            event_type=kind.id,
            title=(request.new_name or request.name).strip()[:_LONGEST_TITLE],
            length=request.length if request.length not in {None, kind.length} else None,
            first=days[0] if days else None,
            last=days[1] if days else None,
        ), ""
    if can is None or not can.link_uses:
        return CreateLink(event_type=kind.id), ""
    if days is not None:
        end = day_bounds(days[1], talk.zone).end
        return CreateLink(event_type=kind.id, uses=None, expires_at=end), times.date_words(days[1], talk.today)
    return CreateLink(event_type=kind.id, uses=max(request.count or 1, 1)), ""


def _terms(talk: Talk, write: CreateLink) -> tuple[str, ...]:
    """The link's own terms, in words."""
    days = times.dates(_between(write.first, write.last), talk.today) if write.first and write.last else ""
    told = (
        words.link_title(write.title) if write.title else "",
        times.length(write.length) if write.length else "",
        words.link_days(days) if days else "",
    )
    return tuple(each for each in told if each)


def _days(talk: Talk, request: EventTypeRequest) -> tuple[date, date] | None:
    """The first and last day that were named, those that are over left out."""
    named = [moment.days for moment in request.moments if moment.days is not None and moment.days.last >= talk.today]
    if not named:
        return None
    return max(min(one.first for one in named), talk.today), max(one.last for one in named)


def _between(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range(min((last - first).days, 366) + 1)]
