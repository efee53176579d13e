"""What is held, and how long still: each hold can be booked or given back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.acts import Style
from bot.dialogue.buttons import ButtonRow, resume_button, write_button
from bot.dialogue.families import SlotRequest
from bot.dialogue.talk import say, show
from bot.dialogue.wording import common
from bot.dialogue.wording import home as words
from bot.language.meaning import Intent
from bot.scheduling.replacing import replace
from bot.scheduling.writes import ReleaseHold

if TYPE_CHECKING:
    from bot.dialogue.buttons import CardPart
    from bot.dialogue.context import Step
    from bot.dialogue.families import ListRequest
    from bot.dialogue.talk import Talk
    from bot.scheduling.models import Hold

_MOST = 10


def show_holds(talk: Talk, request: ListRequest | None, holds: tuple[Hold, ...]) -> Step:
    """The list of holds, or that there is none."""
    done = replace(request, is_done=True) if request is not None else None
    if not holds:
        return say(talk.asking(done), words.no_holds(), is_personal=True)
    parts: list[CardPart] = [common.heading(words.holds_heading())]
    lines: list[str] = []
    for number, hold in enumerate(holds[:_MOST], start=1):
        kind = talk.event_type(hold.event_type)
        line = words.hold_line(kind.title if kind else "", hold, talk.zone, talk.now)
        lines.append(line)
        wish = SlotRequest(intent=Intent.BOOK, event_type=hold.event_type, hold=hold, slot=hold.slot)
        buttons = (
            resume_button(f"b{number}", "Book", wish),
            write_button(f"r{number}", "Release hold", ReleaseHold(hold=hold.id, slot=hold.slot), style=Style.PLAIN),
        )
        parts.append(ButtonRow(buttons=buttons, title=line))
    return show(talk, done, " ".join(f"{line}." for line in lines), tuple(parts), is_live=False)
