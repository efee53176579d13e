"""One card of every part, and one form of every field: what `pencil doctor` lets Slack look over. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.dialogue.acts import (
    Buttons,
    Choice,
    Facts,
    FieldKind,
    Form,
    FormField,
    Heading,
    Line,
    Menu,
    Note,
    Reply,
    Style,
    Subheading,
    Table,
    Tile,
    Tiles,
)
from bot.slack.drawing.render import render
from bot.slack.drawing.views import form_view
from bot.slack.ids import FormOrigin

if TYPE_CHECKING:
    from bot.slack.drawing.blocks import Block

_BOOK = Choice(id="book", label="Book", style=Style.PRIMARY, hint="Book Tue 24 Nov 14:00")
_LINK = Choice(id="join", label="Join", url="https://meet.example.com/sample")
_TIMES = tuple(Choice(id=f"s{hour}", label=f"Tue 24 Nov {hour:02}:00") for hour in range(9, 17))


def sample_cards() -> dict[str, tuple[Block, ...]]:
    """Blocks by what they show; the newer ones and their plain twins apart."""
    parts = (
        Heading(text="Book Intro with Sam?"),
        Line(text="Nothing is booked until you press Book."),
        Facts(rows=(("When", "Tue 24 Nov 14:00–14:30 Berlin"), ("With", "Sam"), ("Before", "14:00 → 15:00"))),
        Buttons(choices=(_BOOK, _LINK)),
        Subheading(text="Or at another time"),
        Buttons(title="Tue 24 Nov", choices=_TIMES),
        Menu(label="Use another event type", choices=(Choice(id="t1", label="Deep dive (60 min)"),)),
        Note(text="This card can be pressed until 10:15."),
    )
    tiles = Tiles(tiles=(Tile(title="Intro", subtitle="30 min", body="meeting link", choices=(_LINK,)),))
    card = render(Reply(text="Intro with Sam on Tue 24 Nov 14:00.", parts=parts, card="sample"))
    types = render(Reply(text="1 event type: Intro.", parts=(tiles,), card="sample"))
    week = Table(caption="Working hours", columns=("Day", "Now", "Then"), rows=(("Mon", "09:00–17:00", "09:00–13:00"),))
    facts = Facts(rows=(("Hours", "Mon 09:00–17:00 → Mon 09:00–13:00"),), table=week)
    hours = render(Reply(text="Change hours?", parts=(facts,), card="sample"))
    return {
        "a card": card.blocks,
        "event types": types.blocks,
        "event types, plain": types.plain,
        "hours": hours.blocks,
        "hours, plain": hours.plain,
    }


def sample_form() -> Block:
    """A form with a field of every kind."""
    options = (("a", "One"), ("b", "Other"))
    fields = tuple(
        FormField(name=kind.value, label=kind.value.replace("_", " "), kind=kind, options=options, is_required=False)
        for kind in FieldKind
    )
    view: dict[str, Any] = form_view(
        Form(title="Booking details", fields=fields), FormOrigin(card="sample", option="form")
    )
    return view
