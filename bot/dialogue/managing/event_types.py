"""Event types: show, create, rename, another length, hide, delete; and links to them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.dialogue.acts import Facts, FieldKind, Form, FormField, Style
from bot.dialogue.buttons import (
    ButtonRow,
    ButtonTile,
    ButtonTiles,
    form_button,
    keep_button,
    link_button,
    resume_button,
    write_button,
)
from bot.dialogue.talk import Talk, say, show
from bot.dialogue.wording import common, times
from bot.dialogue.wording import managing as words
from bot.scheduling.replacing import replace
from bot.scheduling.writes import ChangeEventType, CreateEventType, DeleteEventType

if TYPE_CHECKING:
    from bot.dialogue.buttons import Button
    from bot.dialogue.context import Step
    from bot.dialogue.families import EventTypeRequest
    from bot.scheduling.models import EventType

_USUAL = timedelta(minutes=30)
_MOST_SHOWN = 30


def show_types(talk: Talk, request: EventTypeRequest) -> Step:
    """Every event type with its lengths and marks."""
    kinds = talk.context.event_types
    if not kinds:
        return say(talk, words.no_event_types_yet(), is_personal=True)
    lines = [words.event_type_line(kind) for kind in kinds[:_MOST_SHOWN]]
    tiles = ButtonTiles(tiles=tuple(_tile(kind, number) for number, kind in enumerate(kinds[:_MOST_SHOWN], start=1)))
    text = f"{words.event_types_heading(len(kinds))}: {'; '.join(lines)}."
    parts = (common.heading(words.event_types_heading(len(kinds))), tiles)
    return show(talk, replace(request, is_done=True), text, parts, is_live=False)


def _tile(kind: EventType, number: int) -> ButtonTile:
    """One event type: its lengths, where, its marks, and its page behind a button."""
    page = link_button(f"p{number}", common.cut(f"Open {kind.title}", 60), kind.booking_url)
    return ButtonTile(
        title=common.cut(kind.title),
        subtitle=words.type_lengths(kind),
        body=words.type_facts(kind),
        buttons=(page,) if kind.booking_url.startswith("http") else (),
    )


def create_type(talk: Talk, request: EventTypeRequest) -> Step:
    """A card for a new event type; the name is asked for in a form when it was not said."""
    if not _may_manage(talk):
        return say(talk, words.no_types_here(talk.service))
    title = (request.new_name or request.name or request.topic).strip()
    length = request.length
    if not title or length is None:
        return _ask(talk, request, title, length)
    if any(kind.title.lower() == title.lower() for kind in talk.context.event_types):
        return _ask(talk.leading(words.type_exists(title)), request, "", length)
    write = CreateEventType(title=title, slug=slug_of(title), lengths=(length,), is_hidden=request.hidden is True)
    form = _form(title, length)
    buttons = (
        write_button("create", "Create", write),
        form_button("edit", "Edit", form, request),
        keep_button("keep", "Keep as is"),
    )
    shown = (("Shown", "hidden"),) if write.is_hidden else ()
    rows = (("Name", common.cut(title)), ("Length", times.length(length)), *shown, ("Page ends in", write.slug))
    text = words.create_type(title, length, is_hidden=write.is_hidden)
    if request.place is not None:
        talk = talk.leading(words.place_comes_later(title))
    return show(
        talk, request, text, (common.heading("Create an event type?"), Facts(rows=rows), ButtonRow(buttons=buttons))
    )


def change_type(talk: Talk, request: EventTypeRequest) -> Step:
    """A card with before → after."""
    if not _may_manage(talk):
        return say(talk, words.no_types_here(talk.service))
    kind = type_meant(talk, request)
    if kind is None:
        return _which(talk, request)
    request = replace(request, event_type=kind.id)
    write, rows = _changes(kind, request)
    form = _form(request.new_name or kind.title, request.length or kind.length)
    edit = form_button("edit", "Edit", form, request, style=Style.PLAIN if rows else Style.PRIMARY)
    if not rows:
        said = request.new_name or request.hidden is not None or request.length
        text = words.no_change(kind.title) if said else words.what_to_change(kind.title)
        return show(talk, request, text, (common.line(text), ButtonRow(buttons=(edit,))))
    text = words.change_type(kind.title, [f"{label.lower()} {change}" for label, change in rows])
    buttons = (write_button("change", "Change", write), edit, keep_button("keep", "Keep"))
    parts = (common.heading(f"Change {common.cut(kind.title)}?"), Facts(rows=rows), ButtonRow(buttons=buttons))
    return show(talk, request, text, parts)


def delete_type(talk: Talk, request: EventTypeRequest) -> Step:
    """A card for deleting one; final, so it names all of it."""
    if not _may_manage(talk):
        return say(talk, words.no_types_here(talk.service))
    if talk.context.capabilities is None or not talk.context.capabilities.deletes:
        return say(talk, words.no_deleting_types(talk.service))
    kind = type_meant(talk, request)
    if kind is None:
        return _which(talk, request)
    text = words.delete_type(kind)
    write = write_button("delete", "Delete", DeleteEventType(event_type=kind.id), style=Style.DANGER)
    parts = (
        common.heading(f"Delete {common.cut(kind.title)}?"),
        common.line(text),
        ButtonRow(buttons=(write, keep_button("keep", "Keep"))),
    )
    return show(talk, replace(request, event_type=kind.id), text, parts)


def slug_of(title: str) -> str:
    """The end of a page's address: lower-case letters, digits and hyphens."""
    plain = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in title.lower())
    return "-".join(piece for piece in plain.split("-") if piece)[:60] or "meeting"


def _may_manage(talk: Talk) -> bool:
    return talk.context.capabilities is not None and talk.context.capabilities.manages_event_types


def _form(title: str, length: timedelta | None) -> Form:
    minutes = str(int((length or _USUAL).total_seconds() // 60))
    return Form(
        title="Event type",
        fields=(
            FormField(name="new_name", label="Name", value=title),
            FormField(name="minutes", label="Length in minutes", kind=FieldKind.NUMBER, value=minutes),
        ),
    )


def _ask(talk: Talk, request: EventTypeRequest, title: str, length: timedelta | None) -> Step:
    text = "What is it called, and how long does it take?"
    button = form_button("edit", "Add details", _form(title, length), request, style=Style.PRIMARY)
    return show(talk, request, text, (common.line(text), ButtonRow(buttons=(button,))))


def type_meant(talk: Talk, request: EventTypeRequest) -> EventType | None:
    """The type that was named: by the reader, else by its title or a part of it."""
    kind = talk.event_type(request.event_type)
    if kind is not None:
        return kind
    name = (request.name or request.wanted).strip().lower()
    own = [one for one in talk.context.event_types if name and name in one.title.lower()]
    exact = [one for one in own if one.title.lower() == name]
    return exact[0] if exact else own[0] if len(own) == 1 else None


def _which(talk: Talk, request: EventTypeRequest) -> Step:
    kinds = talk.context.event_types
    if not kinds:
        return say(talk, words.no_event_types_yet(), is_personal=True)
    buttons: tuple[Button, ...] = tuple(
        resume_button(f"k{number}", common.cut(f"Take {kind.title}", 60), replace(request, event_type=kind.id))
        for number, kind in enumerate(kinds[:20], start=1)
    )
    return show(
        talk, request, words.which_event_type(), (common.line(words.which_event_type()), ButtonRow(buttons=buttons))
    )


def _changes(kind: EventType, request: EventTypeRequest) -> tuple[ChangeEventType, tuple[tuple[str, str], ...]]:
    """The write, and what differs as «old → new»."""
    title = request.new_name.strip()
    length, hidden = request.length, request.hidden
    title = "" if title == kind.title else title
    new_length = length if length is not None and length != kind.length else None
    hidden = None if hidden == kind.is_hidden else hidden
    lengths = (new_length, *(own for own in kind.lengths[1:] if own != new_length)) if new_length else None
    write = ChangeEventType(event_type=kind.id, title=title or None, lengths=lengths, is_hidden=hidden, before=kind)
    states = {True: "hidden", False: "visible"}
    rows = (
        ("Name", f"{common.cut(kind.title)} → {common.cut(title)}" if title else ""),
        ("Length", f"{times.length(kind.length)} → {times.length(new_length)}" if new_length else ""),
        ("Shown", f"{states[kind.is_hidden]} → {states[hidden]}" if hidden is not None else ""),
    )
    return write, tuple(row for row in rows if row[1])
