"""How a handler answers: the conversation with its context in one value, and the ways to come to a decision.

`do` asks the loop for something, `say` answers in words, `show` puts a card before the person, `go_on` decides on a request.
Everything that holds for every answer (read-only and dry-run notes, what was left out of a text, which cards lose their
buttons, what the public may read) is done here, once.
"""

from __future__ import annotations

from dataclasses import field
from datetime import timedelta
from itertools import filterfalse
from operator import attrgetter
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.dialogue.acts import Buttons, Line, Menu, Note, Part, Reply, Style, Tile, Tiles
from bot.dialogue.buttons import (
    Button,
    ButtonMenu,
    ButtonRow,
    ButtonTile,
    ButtonTiles,
    CardPart,
    resume_button,
    stay_button,
)
from bot.dialogue.cards import (
    Card,
    FollowLink,
    Keep,
    WriteOut,
)
from bot.dialogue.context import Context, GoOn, Step
from bot.dialogue.conversation import Conversation, Doing, TurnFacts
from bot.dialogue.families import MoveRequest, SlotRequest
from bot.dialogue.wording import common, times
from bot.dialogue.wording.standing import undoing as undo_words
from bot.scheduling.replacing import replace
from bot.scheduling.times import find_zone
from bot.scheduling.undoing import can_undo
from bot.values import dataclass

if TYPE_CHECKING:
    from datetime import date, datetime

    from bot.dialogue.acts import Effect
    from bot.dialogue.cards import Option
    from bot.dialogue.context import Decision
    from bot.dialogue.families import Request
    from bot.scheduling.models import EventType
    from bot.scheduling.provider import Capabilities


ANSWERED_WITHIN = timedelta(hours=12)
"""How long what we said may still be what a message answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """A conversation in its context: what every handler gets."""

    conversation: Conversation
    context: Context
    _zone: ZoneInfo | None = field(default=None, repr=False, compare=False)
    """`zone`, once somebody has asked for it: a card asks forty times."""

    @property
    def now(self) -> datetime:
        """The present instant."""
        return self.context.now

    @property
    def zone(self) -> ZoneInfo:
        """The asker's zone."""
        zone = self._zone
        if zone is None:
            zone = self._zone_now()
            object.__setattr__(self, "_zone", zone)
        return zone

    def _zone_now(self) -> ZoneInfo:
        home = find_zone(self.conversation.zone_override or self.context.asker.zone) or ZoneInfo("UTC")
        if self.conversation.stays:
            home = find_zone(self.stay_zone(self.now.astimezone(home).date())) or home
        return self.context.habits.told_in(home)

    def told_in(self, zone: ZoneInfo) -> ZoneInfo:
        """Any zone, with the clock that the asker reads."""
        return self.context.habits.told_in(zone)

    def stay_zone(self, day: date) -> str | None:
        """The zone in which the asker said to be on that day; None where that is their own."""
        stays = reversed(self.conversation.stays)
        return next((stay.zone for stay in stays if stay.first <= day <= stay.last), None)

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

    @property
    def facts(self) -> TurnFacts:
        """What is known of this turn only."""
        return self.conversation.turn

    def noting(self, **facts: object) -> Talk:
        """The same with these facts of the turn."""
        return self.having(turn=replace(self.facts, **facts))  # type: ignore[arg-type]  # named fields

    def having(self, **changes: object) -> Talk:
        """The same with other fields of the conversation."""
        conversation = replace(self.conversation, **changes)  # type: ignore[arg-type]  # as above
        is_elsewhere = "stays" in changes or "zone_override" in changes
        return Talk(conversation=conversation, context=self.context, _zone=None if is_elsewhere else self._zone)

    def asking(self, request: Request | None) -> Talk:
        """The same with another request."""
        return self.having(request=request)

    def fresh_turn(self, *, is_press: bool, pressed: tuple[str, str] = ("", "")) -> Talk:
        """The same at the start of a turn: what belonged to the turn before is forgotten, and what was said long ago.

        A message of the next day answers nothing that we said the day before.
        """
        before = self.conversation
        is_old = before.updated_at is not None and self.now - before.updated_at > ANSWERED_WITHIN
        said, turns = ("", 0) if is_old else (before.last_said, before.turns)
        shown = () if is_old else before.shown
        turns += 0 if is_press else 1
        facts = TurnFacts(is_press=is_press, asked=() if is_old else before.turn.asks)
        return self.having(
            turn=facts,
            doing=Doing.NOTHING,
            last_said=said,
            shown=shown,
            turns=turns,
            pressed=pressed,
            updated_at=self.now,
        )

    def leading(self, sentence: str) -> Talk:
        """The same with a sentence that opens whatever is answered in the end."""
        return self.noting(lead=f"{self.facts.lead} {sentence}".strip())


def do(talk: Talk, effect: Effect, doing: Doing) -> Step:
    """Ask the loop for an effect; `doing` names the handler of its outcome."""
    return Step(conversation=talk.having(doing=doing).conversation, effect=effect)


def go_on(talk: Talk, request: Request | None) -> Decision:
    """Decide on a request as it stands."""
    if request is None:
        return say(talk, common.nothing_waiting())
    return GoOn(conversation=talk.conversation, request=request)


def silence(talk: Talk) -> Step:
    """Say nothing."""
    return Step(conversation=talk.conversation, reply=Reply(text="", is_silent=True))


def say(
    talk: Talk, text: str, *, is_personal: bool = False, drops_card: bool = False, tells: tuple[str, ...] = ()
) -> Step:
    """Answer in words; the live card stays, unless it is dropped."""
    card = talk.conversation.card
    full = f"{talk.facts.lead} {text}".strip()
    reply = Reply(
        text=full,
        is_personal=is_personal,
        trace=common.answered_privately() if is_personal and not talk.facts.is_press else "",
        retires=_retired(talk) if drops_card else (),
        tells=tells,
        is_news=talk.facts.stays,
    )
    told = talk.noting(lead="", is_affirmed=False, unread="", stays=False).having(
        last_said=full, doing=Doing.NOTHING, card="" if drops_card else card
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
    """Put a card before the person. A live card retires the one before; one that only tells an outcome leaves no card open.

    An outcome that can be taken back gets its `Undo` here, whoever tells it.
    """
    context, facts = talk.context, talk.facts
    undo = None if is_live else facts.undo
    if facts.other_order and (row := _other_order(talk, request)):
        is_foot = isinstance(parts[-1], Note)
        parts = (*parts[:-1], row, parts[-1]) if is_foot else (*parts, row)
    if undo is not None:
        parts = (*parts, ButtonRow(buttons=(stay_button("undo", "Undo", undo),)))
    if context.is_read_only:
        text, parts = _without_writes(text, parts)
    drawn, buttons = _drawn(parts)
    last = talk.now + context.card_lifetime
    card = Card(
        id=context.fresh_id,
        key=context.key,
        account=context.account.id if context.account else "",
        request=request,
        options=tuple(map(_OPTION, buttons)),
        offered_at=talk.now,
        expires_at=min(expires_at, last) if expires_at is not None else last,
        asker=context.asker.name,
    )
    lead = _lead_of_yes(talk, buttons) if facts.is_affirmed else facts.lead
    notes = _notes(talk, card)
    if lead:
        drawn.insert(0, common.line(lead))
    reply = Reply(
        text=" ".join(filter(None, (lead, text, *notes))),
        parts=(*drawn, *map(common.small, notes)),
        card=card.id if buttons else "",
        lead=lead,
        is_personal=True,
        trace="" if facts.is_press else common.answered_privately(),
        retires=_retired(talk, request),
        tells=tells,
        is_news=facts.stays,
    )
    live = card.id if is_live and buttons else ""
    told = talk.noting(lead="", is_affirmed=False, unread="", stays=False, undo=None, other_order=()).having(
        last_said=text, doing=Doing.NOTHING, card=live, request=request, undo=undo or talk.conversation.undo
    )
    return Step(conversation=told.conversation, reply=reply, cards=(card,) if buttons else ())


def _other_order(talk: Talk, request: Request | None) -> ButtonRow | None:
    """«3/12» the other way round, where both ways are dates."""
    moments = talk.facts.other_order
    day = next((moment.days.first for moment in moments if moment.days is not None), None)
    if day is None or not isinstance(request, SlotRequest | MoveRequest) or request.is_done:
        return None
    placed = tuple(replace(moment, zone=request.zone or moment.zone) for moment in moments)
    other = replace(request, moments=placed, slot=None)
    label = common.other_order(times.date_words(day, talk.today))
    return ButtonRow(buttons=(resume_button("other-order", label, other),))


def closed(talk: Talk, request: Request | None, text: str, *buttons: Button) -> Step:
    """The pressed card with its outcome and without live writes."""
    done = replace(request, is_done=True) if request is not None else None
    return show(talk, done, text, (common.line(text), ButtonRow(buttons=buttons)), is_live=False)


def _retired(talk: Talk, request: Request | None = None) -> tuple[str, ...]:
    """The card before, the one that was pressed unless it is to stay, and that of the hold which the new card speaks of."""
    cards, pressed = [talk.conversation.card], talk.context.pressed
    if pressed is not None and pressed.key.owner == talk.context.key.owner and not talk.facts.stays:
        cards.append(pressed.id)
    if isinstance(request, SlotRequest) and request.hold is not None:
        cards.append(talk.conversation.held_card)
    gone = dict.fromkeys(cards)
    for none in ("", talk.context.fresh_id):
        gone.pop(none, None)
    return tuple(gone)


def _without_writes(text: str, parts: tuple[CardPart, ...]) -> tuple[str, tuple[CardPart, ...]]:
    """The card where nothing may be written: without the buttons that would, and without promises about pressing them."""
    gone = [button for part in parts if isinstance(part, _WITH_BUTTONS) for button in part.buttons if _writes(button)]
    parts = tuple(map(_harmless, parts))
    for button in gone:
        label = button.option.label
        text = common.without_press(text, label)
        parts = tuple(
            replace(part, text=common.without_press(part.text, label)) if isinstance(part, Line | Note) else part
            for part in parts
        )
    return text, parts


def _harmless(part: CardPart) -> CardPart:
    if isinstance(part, ButtonTiles):
        tiles = (replace(one, buttons=tuple(filterfalse(_writes, one.buttons))) for one in part.tiles)
        return replace(part, tiles=tuple(tiles))
    if isinstance(part, ButtonRow | ButtonMenu):
        return replace(part, buttons=tuple(filterfalse(_writes, part.buttons)))
    return part


def _writes(button: Button) -> bool:
    return isinstance(button.option.press, WriteOut)


_WITH_BUTTONS = (ButtonRow, ButtonMenu, ButtonTiles)
_OPTION, _CHOICE = attrgetter("option"), attrgetter("choice")


def _drawn(parts: tuple[CardPart, ...]) -> tuple[list[Part], list[Button]]:
    """The parts as surfaces take them, those without any button left out; and the buttons, in reading order."""
    drawn: list[Part] = []
    buttons: list[Button] = []
    for part in parts:
        if not isinstance(part, _WITH_BUTTONS):
            drawn.append(part)
            continue
        buttons += part.buttons
        if isinstance(part, ButtonTiles):
            drawn.append(Tiles(tiles=tuple(map(_tile, part.tiles))))
        elif not part.buttons:
            continue
        elif isinstance(part, ButtonRow):
            drawn.append(Buttons(choices=tuple(map(_CHOICE, part.buttons)), title=part.title))
        else:
            drawn.append(Menu(label=part.label, choices=tuple(map(_CHOICE, part.buttons))))
    return drawn, buttons


def _tile(tile: ButtonTile) -> Tile:
    return Tile(title=tile.title, subtitle=tile.subtitle, body=tile.body, choices=tuple(map(_CHOICE, tile.buttons)))


def _lead_of_yes(talk: Talk, buttons: list[Button]) -> str:
    """What opens the answer to a typed yes: with the button that this very card has for it, if it has one."""
    kept = [button for button in buttons if not isinstance(button.option.press, Keep)]
    loud = (b for b in kept if b.style is not Style.PLAIN and not isinstance(b.option.press, FollowLink))
    meant = next(loud, None) or next(filter(_writes, kept), None)
    if meant is None:
        return talk.facts.lead
    return f"{talk.facts.lead} {common.press(meant.option.label)}".strip()


def _notes(talk: Talk, card: Card) -> list[str]:
    """The small print of every card."""
    context = talk.context
    writing = [option for option in card.options if isinstance(option.press, WriteOut)]
    notes = [talk.facts.unread]
    if writing and context.capabilities is not None:
        notes.append(_final(writing, context.capabilities))
    if context.is_read_only:
        notes.append(common.read_only())
    if writing and context.is_dry_run:
        notes.append(common.dry_run())
    return list(filter(None, notes))


def _final(options: list[Option], can: Capabilities) -> str:
    """Which presses cannot be taken back, said before any of them."""
    final = [(one.label, write) for one in options for write in one.writes if not can_undo(write, can)]
    return undo_words.no_undo(tuple(dict.fromkeys(label for label, _ in final)), [w for _, w in final]) if final else ""
