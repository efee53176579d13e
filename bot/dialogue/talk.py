"""How a handler answers: the conversation with its context in one value, and the three ways to end a step.

`do` asks the loop for something, `say` answers in words, `show` puts a card on offer. Everything that holds for every answer
(read-only and dry-run notes, what was left out of a text, which cards lose their buttons, what the public may read) is
done here, once.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.dialogue.acts import Buttons, Choice, Form, Menu, Note, Part, Reply, Style
from bot.dialogue.context import Context, Step
from bot.dialogue.conversation import ActionKind, Conversation, Option, Proposal, Request
from bot.dialogue.wording import common
from bot.scheduling.times import find_zone

if TYPE_CHECKING:
    from datetime import date, datetime, timedelta

    from bot.dialogue.acts import Effect
    from bot.scheduling.models import EventType
    from bot.scheduling.writes import Write

_TURN_NOTES = ("press", "stay", "lead", "unread", "fresh", "label", "gone")


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """A conversation in its context: what every handler gets."""

    conversation: Conversation
    context: Context

    @property
    def now(self) -> datetime:
        """The present instant."""
        return self.context.now

    @property
    def zone(self) -> ZoneInfo:
        """The asker's zone."""
        named = self.conversation.zone_override or self.context.asker.zone
        return find_zone(named) or ZoneInfo("UTC")

    @property
    def today(self) -> date:
        """The asker's date."""
        return self.now.astimezone(self.zone).date()

    @property
    def service(self) -> str:
        """What the person's calendar service is called."""
        return self.context.capabilities.title if self.context.capabilities else "your calendar service"

    def event_type(self, type_id: str | None) -> EventType | None:
        """One of the account's event types."""
        return next((kind for kind in self.context.event_types if kind.id == type_id), None)

    def note(self, name: str) -> str:
        """A fact kept between effect and outcome, or between turns."""
        return dict(self.conversation.notes).get(name, "")

    def noting(self, **facts: str) -> Talk:
        """The same with these facts; an empty one is forgotten."""
        kept = {**dict(self.conversation.notes), **facts}
        return self.having(notes=tuple((name, text) for name, text in kept.items() if text))

    def having(self, **changes: object) -> Talk:
        """The same with other fields of the conversation."""
        return replace(self, conversation=replace(self.conversation, **changes))  # type: ignore[arg-type]  # named fields

    def asking(self, request: Request | None) -> Talk:
        """The same with another request."""
        return self.having(request=request)

    def fresh_turn(self, *, is_press: bool) -> Talk:
        """The same at the start of a turn: what belonged to the turn before is forgotten."""
        cleared = self.noting(**dict.fromkeys(_TURN_NOTES, "")).noting(press="1" if is_press else "")
        return cleared.having(doing="", turns=cleared.conversation.turns + (0 if is_press else 1), updated_at=self.now)

    def leading(self, sentence: str) -> Talk:
        """The same with a sentence that opens whatever is answered in the end."""
        return self.noting(lead=f"{self.note('lead')} {sentence}".strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """An option of a card with its looks."""

    option: Option
    style: Style = Style.PLAIN
    url: str = field(default="", repr=False)
    hint: str = ""

    @property
    def choice(self) -> Choice:
        """What the surface draws."""
        option = self.option
        return Choice(
            id=option.id, label=option.label, style=self.style, url=self.url, form=option.form, hint=self.hint
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of buttons."""

    buttons: tuple[Button, ...]
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawer:
    """Many buttons behind one control."""

    label: str
    buttons: tuple[Button, ...]


def write_button(
    option_id: str,
    label: str,
    *writes: Write,
    style: Style = Style.PRIMARY,
    is_sequence: bool = True,
    request: Request | None = None,
) -> Button:
    """Press: these writes, in order."""
    option = Option(
        id=option_id, label=label, kind=ActionKind.WRITE, writes=writes, is_sequence=is_sequence, request=request
    )
    return Button(option=option, style=style)


def resume_button(
    option_id: str, label: str, request: Request, *, hint: str = "", style: Style = Style.PLAIN
) -> Button:
    """Press: decide anew with that request."""
    option = Option(id=option_id, label=label, kind=ActionKind.RESUME, request=request)
    return Button(option=option, hint=hint, style=style)


def stay_button(option_id: str, label: str, request: Request) -> Button:
    """Press: decide anew, in a new message, so that this card stays as it is."""
    return Button(option=Option(id=option_id, label=label, kind=ActionKind.RESUME, request=request, argument="stay"))


def form_button(option_id: str, label: str, form: Form, request: Request, *, style: Style = Style.PLAIN) -> Button:
    """Press: the form opens; what is sent revises the request."""
    option = Option(id=option_id, label=label, kind=ActionKind.FORM, form=form, request=request)
    return Button(option=option, style=style)


def keep_button(option_id: str, label: str, request: Request | None = None) -> Button:
    """Press: the card is closed and nothing changes."""
    return Button(option=Option(id=option_id, label=label, kind=ActionKind.KEEP, request=request))


def link_button(option_id: str, label: str, url: str, *, style: Style = Style.PLAIN) -> Button:
    """Press: opens an address."""
    return Button(option=Option(id=option_id, label=label, kind=ActionKind.LINK), url=url, style=style)


def look_button(option_id: str, label: str, argument: str, *, style: Style = Style.PLAIN) -> Button:
    """Press: look again at what `argument` names."""
    return Button(option=Option(id=option_id, label=label, kind=ActionKind.LOOK, argument=argument), style=style)


CardPart = Part | Row | Drawer


def do(talk: Talk, effect: Effect, doing: str) -> Step:
    """Ask the loop for an effect; `doing` names the handler of its outcome."""
    return Step(conversation=talk.having(doing=doing).conversation, effect=effect)


def silence(talk: Talk) -> Step:
    """Say nothing."""
    return Step(conversation=talk.conversation, reply=Reply(text="", is_silent=True))


def say(
    talk: Talk, text: str, *, is_personal: bool = False, drops_card: bool = False, tells: tuple[str, ...] = ()
) -> Step:
    """Answer in words; the live card stays, unless it is dropped."""
    card = talk.conversation.proposal
    full = f"{talk.note('lead')} {text}".strip()
    reply = Reply(
        text=full,
        is_personal=is_personal,
        trace=_trace(talk) if is_personal else "",
        retires=_retired(talk) if drops_card else (),
        tells=tells,
        is_news=bool(talk.note("stay")),
    )
    told = talk.noting(lead="", unread="", stay="").having(
        last_said=full, doing="", proposal="" if drops_card else card
    )
    return Step(conversation=told.conversation, reply=reply)


def show(
    talk: Talk,
    request: Request | None,
    text: str,
    parts: tuple[CardPart, ...],
    *,
    is_live: bool = True,
    expires_at: datetime | None = None,
    tells: tuple[str, ...] = (),
) -> Step:
    """Put a card on offer. A live card retires the one before; one that only tells an outcome leaves no card open."""
    context = talk.context
    proposal = Proposal(
        id=context.fresh_id,
        key=context.key,
        account=context.account.id if context.account else "",
        request=request or Request(intent=common.NO_WISH),
        options=tuple(button.option for part in parts for button in _allowed(talk, part)),
        offered_at=talk.now,
        expires_at=min(expires_at or _expiry(talk), _expiry(talk)),
        asker=context.asker.name,
    )
    drawn = tuple(_drawn(talk, part) for part in parts)
    lead, notes = talk.note("lead"), _notes(talk, proposal)
    reply = Reply(
        text=" ".join(piece for piece in (lead, text, *(note.text for note in notes)) if piece),
        parts=_with_lead(lead, tuple(part for part in drawn if part is not None)) + notes,
        proposal=proposal.id if proposal.options else "",
        is_personal=True,
        trace=_trace(talk),
        retires=_retired(talk, request),
        tells=tells,
        is_news=bool(talk.note("stay")),
    )
    live = proposal.id if is_live and proposal.options else ""
    told = talk.noting(lead="", unread="", stay="").having(last_said=text, doing="", proposal=live, request=request)
    return Step(conversation=told.conversation, reply=reply, proposals=(proposal,) if proposal.options else ())


def _expiry(talk: Talk) -> datetime:
    lifetime: timedelta = talk.context.proposal_lifetime
    return talk.now + lifetime


def _trace(talk: Talk) -> str:
    return "" if talk.note("press") else common.answered_privately()


def _retired(talk: Talk, request: Request | None = None) -> tuple[str, ...]:
    """The card before, the one that was pressed unless it is to stay, and that of the hold which the new card speaks of."""
    pressed = talk.context.pressed
    mine = pressed is not None and pressed.key.owner == talk.context.key.owner and not talk.note("stay")
    held = talk.note("held") if request is not None and request.hold is not None else ""
    cards = (talk.conversation.proposal, pressed.id if pressed is not None and mine else "", held)
    return tuple(dict.fromkeys(card for card in cards if card and card != talk.context.fresh_id))


def _allowed(talk: Talk, part: CardPart) -> tuple[Button, ...]:
    if not isinstance(part, Row | Drawer):
        return ()
    return tuple(b for b in part.buttons if not (talk.context.is_read_only and b.option.kind is ActionKind.WRITE))


def _drawn(talk: Talk, part: CardPart) -> Part | None:
    if isinstance(part, Row):
        choices = tuple(button.choice for button in _allowed(talk, part))
        return Buttons(choices=choices, title=part.title) if choices else None
    if isinstance(part, Drawer):
        choices = tuple(button.choice for button in _allowed(talk, part))
        return Menu(label=part.label, choices=choices) if choices else None
    return part


def _with_lead(lead: str, parts: tuple[Part, ...]) -> tuple[Part, ...]:
    return (common.line(lead), *parts) if lead else parts


def _notes(talk: Talk, proposal: Proposal) -> tuple[Note, ...]:
    """The small print of every card."""
    writes = any(option.kind is ActionKind.WRITE for option in proposal.options)
    notes = (
        talk.note("unread"),
        common.read_only() if talk.context.is_read_only else "",
        common.dry_run() if writes and talk.context.is_dry_run else "",
    )
    return tuple(Note(text=text) for text in notes if text)
