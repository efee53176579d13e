"""The card for one slot: what would be booked or held, what is missing for it, and the other times beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.acts import Facts, Note, Style
from bot.dialogue.buttons import (
    Button,
    ButtonMenu,
    ButtonRow,
    form_button,
    press_button,
    resume_button,
    write_button,
)
from bot.dialogue.cards import DecideAnew, TakeType
from bot.dialogue.families import SlotRequest
from bot.dialogue.finding.event_types import open_question, option_row
from bot.dialogue.finding.repeating import own_series
from bot.dialogue.finding.slot_buttons import local_date, on_the_wall, private_button, slot_buttons
from bot.dialogue.finding.team_types import hosted
from bot.dialogue.request import forms, people, places
from bot.dialogue.request.revise import on_day
from bot.dialogue.talk import Talk, show
from bot.dialogue.wording import booking as words
from bot.dialogue.wording import common, times
from bot.language.meaning import Intent
from bot.scheduling.models import QuestionKind
from bot.scheduling.replacing import replace
from bot.scheduling.times import find_zone
from bot.scheduling.writes import BookSlot, HoldSlot, ReleaseHold
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, timedelta
    from zoneinfo import ZoneInfo

    from bot.dialogue.buttons import CardPart
    from bot.dialogue.cards import Press
    from bot.dialogue.context import Step
    from bot.dialogue.families import MoveRequest
    from bot.dialogue.finding.event_types import TypeChoice
    from bot.dialogue.finding.slot_buttons import OnWall
    from bot.scheduling.models import Attendee, EventType, Person, Slot
    from bot.scheduling.writes import Write

_TOPIC_KEYS = frozenset({"notes", "topic", "subject", "agenda", "what", "description", "additional_notes"})
_FREE_TEXT = frozenset({QuestionKind.TEXT, QuestionKind.LONG_TEXT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """A slot of a type for a request: everything the card speaks of."""

    request: SlotRequest
    choice: TypeChoice
    slot: Slot

    @property
    def what(self) -> str:
        """Type and length in words."""
        return words.kind_of(self.choice.kind, self.slot.end - self.slot.start)


def booking_card(
    talk: Talk,
    deal: Deal,
    others: tuple[Slot, ...],
    *,
    beside: tuple[str, ...] = (),
    instead: ButtonRow | None = None,
) -> Step:
    """One slot, ready to be booked or held as far as nothing is missing.

    `beside`: what else is to be said of it; `instead`: with whom else it could be.
    """
    request, kind = deal.request, deal.choice.kind
    if kind.pooling is not None:
        request = hosted(request, kind)
    if request.topic:
        request = with_topic(request, deal)
    menu = type_menu(deal.request, deal.choice, instead=replace(deal.request, slot=deal.slot))
    deal = replace(deal, request=replace(request, slot=deal.slot))
    lacks = missing(deal)
    remarks = _remarks(talk, deal, lacks)
    parts: tuple[CardPart, ...] = (
        common.heading(_heading(talk, deal)),
        Facts(rows=facts(talk, deal)),
        *map(common.line, (*beside, *remarks)),
        *_rows(talk, deal, others, instead),
        *menu,
        Note(text=words.card_until(talk.now + talk.context.card_lifetime, talk.zone)),
    )
    text = " ".join((_main_text(talk, deal, lacks), *remarks, *beside))
    return show(talk.having(offered=others, listed=()), deal.request, text, parts)


def _rows(talk: Talk, deal: Deal, others: tuple[Slot, ...], instead: ButtonRow | None) -> list[ButtonRow]:
    """The buttons of the slot itself, then whatever else it could be."""
    request, kind = deal.request, deal.choice.kind
    rows = [ButtonRow(buttons=_buttons(talk, deal))]
    if kind.questions:
        rows.append(option_row(request, kind))
    if kind.repeats is not None:
        rows.append(own_series.whole_series(talk, request, kind, deal.slot))
    if instead is not None:
        rows.append(instead)
    if others:
        day = local_date(deal.slot, talk.zone)
        buttons = pick_buttons(talk, request, on_the_wall(others, talk.zone), day=day)
        rows.append(ButtonRow(buttons=buttons, title=words.or_instead()))
    return rows


def facts(talk: Talk, deal: Deal) -> tuple[tuple[str, str], ...]:
    """When, with whom, what, where, and the answers."""
    request, kind = deal.request, deal.choice.kind
    rows = [("When", when_of(talk, request, deal.slot)), ("With", words.person(request.attendee))]
    guests = [words.person(guest) for guest in request.guests if guest.email] if request.guests else ()
    if guests:
        rows.append(("Guests", common.listed(guests)))
    rows.append(("Type", deal.what))
    if where := places.place_to_send(request.place, kind) or (kind.places[0] if kind.places else None):
        rows.append(("Where", words.place(where)))
    if request.answers:
        labels = {question.key: question.label or question.key for question in kind.questions}
        rows += [(common.cut(labels.get(key, key)), common.cut(text, 200)) for key, text in request.answers if text]
    return tuple(rows)


def when_of(talk: Talk, request: SlotRequest | MoveRequest, slot: Slot) -> str:
    """The slot in every zone that is involved."""
    return times.both(slot, talk.zone, zones_of(talk, request, slot), talk.now)


def zones_of(talk: Talk, request: SlotRequest | MoveRequest, slot: Slot) -> tuple[ZoneInfo, ...]:
    """The named zone, and the attendee's where its clock differs."""
    if not _may_be_elsewhere(request):
        return ()
    named = find_zone(request.zone)
    zones = [named] if named else []
    guests = request.guests if isinstance(request, SlotRequest) else ()
    for person in (request.attendee, *guests):
        theirs = find_zone(person.zone if person else None)
        if theirs and slot.start.astimezone(theirs).utcoffset() != slot.start.astimezone(talk.zone).utcoffset():
            zones.append(theirs)
    return _unlike(zones, slot) if len(zones) > 1 else tuple(zones)


def _may_be_elsewhere(request: SlotRequest | MoveRequest) -> bool:
    """Whether any other zone than the asker's is spoken of."""
    has_guests = isinstance(request, SlotRequest) and bool(request.guests)
    return bool(request.zone) or request.attendee is not None or has_guests


def _unlike(zones: list[ZoneInfo], slot: Slot) -> tuple[ZoneInfo, ...]:
    """One zone for each clock."""
    return tuple({slot.start.astimezone(zone).utcoffset(): zone for zone in reversed(zones)}.values())[::-1]


def book_writes(talk: Talk, deal: Deal) -> tuple[Write, ...]:
    """Book, and give our hold on that slot back; empty while something is missing."""
    request, kind = deal.request, deal.choice.kind
    attendee = people.attendee_of(request.attendee, str(talk.zone)) if request.attendee else None
    if attendee is None or missing(deal):
        return ()
    book = BookSlot(
        event_type=kind.slug if request.host else kind.id,
        slot=deal.slot,
        attendee=attendee,
        guests=_invited(request.guests, attendee) if request.guests else (),
        answers=tuple((key, text) for key, text in request.answers if text) if request.answers else (),
        place=places.place_to_send(request.place, kind),
        length=deal.choice.asked_length,
        host=request.host,
        recurrence_count=1 if kind.repeats is not None and own_series.rule_of(talk, kind) is not None else None,
    )
    if covers(talk, request, deal.slot) and request.hold is not None:
        return (book, ReleaseHold(hold=request.hold.id, slot=request.hold.slot))
    return (book,)


def _invited(guests: tuple[Person, ...], attendee: Attendee) -> tuple[str, ...]:
    """The addresses of the guests, without that of the attendee."""
    return tuple(guest.email for guest in guests if guest.email and guest.email != attendee.email)


def missing(deal: Deal) -> tuple[str, ...]:
    """What must still be said, in words for the person; the first entry asks for it."""
    request, kind = deal.request, deal.choice.kind
    lacks: list[str] = []
    if request.attendee is None or not request.attendee.email:
        lacks.append(
            words.asker_needs_mail()
            if request.host
            else words.who_for(request.attendee.name if request.attendee else "")
        )
    asked = _unanswered(request, kind) if kind.questions else []
    where = places.missing_detail(places.place_to_send(request.place, kind))
    question = open_question(request, kind) if len(asked) == 1 and where is None else None
    if question is not None and option_row(request, kind).buttons:
        lacks.append(words.asks_choice(question.label or question.key, question.options))
    elif asked or where is not None:
        lacks.append(words.asks_more([*asked, *(("phone number or address",) if where else ())]))
    return tuple(lacks)


def _unanswered(request: SlotRequest, kind: EventType) -> list[str]:
    """What the type asks and nobody has answered."""
    answered = {key for key, text in request.answers if text}
    return [q.label or q.key for q in kind.questions if q.is_required and q.key not in answered]


def covers(talk: Talk, request: SlotRequest, slot: Slot) -> bool:
    """Whether our own hold still stands on that slot."""
    hold = request.hold
    return hold is not None and hold.slot.start == slot.start and hold.expires_at > talk.now


def with_topic(request: SlotRequest, deal: Deal) -> SlotRequest:
    """The topic as the answer to the event type's own question for it, where there is one."""
    answered, topic = dict(request.answers), request.topic
    if not topic or topic.lower() == deal.choice.kind.title.lower():
        return request
    for question in deal.choice.kind.questions:  # «no, billing»: another option than the one that was named
        option = next((o for o in question.options if o.lower() == topic.lower()), None)
        if option is not None and question.key in answered:
            answered[question.key] = option
    open_ones = [question for question in deal.choice.kind.questions if question.key not in answered]
    for question in open_ones:
        option = next((o for o in question.options if o.lower() in topic.lower()), None)
        if option is not None:
            answered[question.key] = option
    is_answer = any(text.lower() == topic.lower() for text in answered.values())
    for question in open_ones if not is_answer else ():
        if question.kind in _FREE_TEXT and question.key.lower() in _TOPIC_KEYS:
            answered.setdefault(question.key, topic)
    return replace(request, answers=tuple(answered.items()))


def slot_request(request: SlotRequest, slot: Slot) -> SlotRequest:
    """The wish with that slot picked."""
    return replace(
        request, intent=Intent.HOLD if request.intent is Intent.HOLD else Intent.BOOK, slot=slot, not_before=None
    )


def pick_buttons(talk: Talk, request: SlotRequest, slots: Sequence[OnWall], *, day: date | None) -> tuple[Button, ...]:
    """One button a slot that goes to its card; `day` is named on this one, which `request` is shown for, anyway."""
    hint = (lambda one: when_of(talk, request, one.slot)) if _may_be_elsewhere(request) else None
    return slot_buttons(talk, slots, day=day, hint=hint)


def type_menu(
    request: SlotRequest, choice: TypeChoice, *, instead: SlotRequest | None = None
) -> tuple[ButtonMenu, ...]:
    """The other event types, where the type was inferred. `request` is the card's, unless another one goes on `instead`."""
    if request.event_type is not None or request.host or not choice.others:
        return ()
    wished = request.length
    return (
        ButtonMenu(
            label="Use another event type",
            buttons=tuple(
                press_button(
                    f"t{number}",
                    words.kind_of(other, wished if wished and wished in other.lengths else other.length),
                    _with_type(instead, other.id, wished if wished in other.lengths else None),
                )
                for number, other in enumerate(choice.others[:20], start=1)
            ),
        ),
    )


def _with_type(instead: SlotRequest | None, event_type: str, length: timedelta | None) -> Press:
    if instead is None:
        return TakeType(event_type=event_type, length=length)
    return DecideAnew(request=replace(instead, event_type=event_type, length=length))


def other_times(talk: Talk, request: SlotRequest, slot: Slot) -> Button:
    """The other times of the slot's day."""
    day = slot.start.astimezone(talk.zone).date()
    listing = replace(request, intent=Intent.FIND_SLOTS, slot=None, moments=(on_day(day),), not_before=None)
    return resume_button("more", "Other times", listing)


def _buttons(talk: Talk, deal: Deal) -> tuple[Button, ...]:
    request, kind = deal.request, deal.choice.kind
    form = forms.booking_form(request, kind, fixed_attendee=request.host is not None)
    writes = book_writes(talk, deal)
    book: tuple[Button, ...]
    hold = _hold(talk, deal)
    is_hold = request.intent is Intent.HOLD and bool(hold)
    if writes:
        style = Style.PLAIN if is_hold else Style.PRIMARY
        book = (write_button("book", "Book", *writes, style=style), form_button("edit", "Edit", form, request))
    else:
        style = Style.PLAIN if is_hold else Style.PRIMARY
        book = (form_button("edit", "Add details", form, request, style=style),)
    more = other_times(talk, request, deal.slot)
    if not writes:
        book = (*book, *private_button(talk, request))
    return (*hold, *book, more) if is_hold else (book[0], *hold, *book[1:], more)


def _hold(talk: Talk, deal: Deal) -> tuple[Button, ...]:
    """Hold the slot, where the service can and we do not hold it already."""
    can = talk.context.capabilities is not None and talk.context.capabilities.holds
    if not can or deal.request.host or covers(talk, deal.request, deal.slot):
        return ()
    style = Style.PRIMARY if deal.request.intent is Intent.HOLD else Style.PLAIN
    write = HoldSlot(event_type=deal.choice.kind.id, slot=deal.slot, length=deal.choice.asked_length)
    return (write_button("hold", "Hold", write, style=style),)


def _heading(talk: Talk, deal: Deal) -> str:
    if deal.request.intent is Intent.HOLD and _hold(talk, deal):
        return words.hold_heading(deal.choice.kind)
    return words.booking_heading(deal.choice.kind, deal.request.attendee)


def _main_text(talk: Talk, deal: Deal, lacks: tuple[str, ...]) -> str:
    """The first sentence of the card: what a notification, a screen reader or a terminal gets."""
    request = deal.request
    when = when_of(talk, request, deal.slot)
    if request.intent is Intent.HOLD and _hold(talk, deal):
        return words.hold_text(deal.what, when)
    if lacks:
        return words.free_text(deal.what, when)
    guests = tuple(guest for guest in request.guests if guest.email) if request.guests else ()
    return words.booking_text(deal.what, (*((request.attendee,) if request.attendee else ()), *guests), when)


def _remarks(talk: Talk, deal: Deal, lacks: tuple[str, ...]) -> list[str]:
    """What else is to be known of it."""
    request, choice, kind = deal.request, deal.choice, deal.choice.kind
    can, is_hold = talk.context.capabilities, request.intent is Intent.HOLD
    remarks: list[str] = []
    if is_hold and can is not None and not can.holds:
        remarks.append(words.no_holds(talk.service))
    if choice.missed is not None:
        remarks.append(length_remark(choice))
    if not (is_hold and _hold(talk, deal)):
        remarks += lacks
    if request.guests and (unknown := [guest.name for guest in request.guests if not guest.email]):
        remarks.append(words.guest_without_mail(unknown))
    if request.place is not None and kind.places and places.offered_place(request.place, kind) is None:
        wished = (request.place.app or str(request.place.kind)).replace("_", " ")
        remarks.append(words.place_not_offered(kind, wished))
    if request.topic and not is_hold and _is_unsent(request):
        remarks.append(words.topic_not_sent(request.topic))
    if kind.repeats is not None and not is_hold and (rule := own_series.rule_of(talk, kind)) is not None:
        remarks.append(words.one_date_only(kind, rule))
    if kind.is_paid:
        remarks.append(words.is_paid())
    elif kind.needs_approval:
        remarks.append(words.needs_approval())
    return remarks


def _is_unsent(request: SlotRequest) -> bool:
    """Whether the topic is neither an answer nor has one in it."""
    texts = [text for _, text in request.answers]
    return request.topic not in texts and not any(text.lower() in request.topic.lower() for text in texts)


def length_remark(choice: TypeChoice) -> str:
    """That the length asked for is not offered; empty when it is."""
    if choice.missed is None:
        return ""
    if choice.others:
        return words.length_missed(choice.missed, choice.length, choice.kind, choice.others)
    return words.type_length_missed(choice.missed, choice.kind)
