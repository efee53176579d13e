"""Finding, booking and holding: from a wish to the slots found to a card or a list.

seek ──(ask the zone)──> reply
└──> FindSlots ──> slots_found ──> card for one slot | list of slots | what is free instead
"""

from __future__ import annotations

from datetime import timedelta
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING

from bot.dialogue.acts import FindSlots, Found, SlotsFound
from bot.dialogue.acts.together import FindTogether
from bot.dialogue.buttons import ButtonRow, press_button, resume_button
from bot.dialogue.cards import TurnPage
from bot.dialogue.conversation import Doing
from bot.dialogue.families import SlotRequest
from bot.dialogue.finding import propose, team_types, whose_clock
from bot.dialogue.finding.card import (
    Deal,
    booking_card,
    covers,
    length_remark,
    pick_buttons,
    slot_request,
    type_menu,
    when_of,
)
from bot.dialogue.finding.event_types import TypeChoice, choose_type
from bot.dialogue.finding.hosts import ask_for_page, look_at_page
from bot.dialogue.finding.repeating import card as repeating
from bot.dialogue.finding.slot_buttons import (
    by_day,
    clocks_by_day,
    day_button,
    day_rows,
    local_date,
    on_the_wall,
    only_day,
    private_button,
)
from bot.dialogue.request.revise import around, is_point, on_day, says_clock
from bot.dialogue.talk import Talk, do, say, show
from bot.dialogue.together import naming
from bot.dialogue.together.company import people_of, to_look_at
from bot.dialogue.wording import booking as words
from bot.dialogue.wording import common, times
from bot.language.meaning import Intent
from bot.scheduling.models import EventType, Slot
from bot.scheduling.replacing import replace
from bot.scheduling.times import day_bounds, find_zone

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from bot.dialogue.acts import Outcome
    from bot.dialogue.buttons import Button, CardPart
    from bot.dialogue.context import Step
    from bot.dialogue.finding.propose import Wish

_ENDS = attrgetter("start", "end")
_WHOLE_DAY = 16
"""A single day is shown whole up to this many slots."""


def seek(talk: Talk, request: SlotRequest) -> Step:
    """Look for slots for the wish, unless one question must be answered before."""
    talk = talk.asking(request)
    if request.zones:
        return _ask_zone(talk, request)
    has_company = request.attendee is not None or bool(request.guests)
    is_of_page = bool(request.host or request.whose)
    may_be_unknown = has_company or request.timekeeper is not None or bool(request.groups) or request.in_thread
    if may_be_unknown and not is_of_page and (asking := naming.look_for(talk, request)) is not None:
        return asking
    if request.is_their_clock or request.clock is not None:
        keeper = (request.timekeeper,) if request.timekeeper is not None else ()
        found = whose_clock.settled(talk, request, (*people_of(request), *keeper))
        if not isinstance(found, SlotRequest):
            return found
        request, talk = found, talk.asking(found)
    if request.host and request.host_type is None:
        return look_at_page(talk, request)
    if not request.host and request.whose:
        return ask_for_page(talk, request)
    choice = choice_for(talk, request)
    if choice is None:
        return say(talk, words.no_event_types(talk.service))
    wish = propose.wish_of(request, talk)
    is_held_twice = request.is_each and request.intent is Intent.HOLD
    if (request.recurrence is not None or is_held_twice) and (problem := repeating.problem(talk, request)):
        return say(talk, problem)
    queries = propose.queries(request, wish, choice, talk)
    if has_company and choice.kind.pooling is not None:
        if said := team_types.remark(request, choice.kind):
            talk = talk.leading(said)
        request = team_types.hosted(request, choice.kind)
    if has_company and (people := to_look_at(request, talk.context.asker)):
        return do(talk, FindTogether(queries=queries, people=people, length=choice.length), Doing.SEEKING_TOGETHER)
    return do(talk, FindSlots(queries=queries), Doing.SEEKING)


def slots_found(talk: Talk, outcome: Outcome) -> Step:
    """Answer the wish with what is free."""
    request = talk.conversation.request
    if not isinstance(request, SlotRequest) or not isinstance(outcome, SlotsFound):
        return say(talk, common.broken())
    choice = choice_for(talk, request)
    if choice is None:
        return say(talk, common.broken())
    if request.host and talk.context.asker.email and request.attendee is None:
        request = replace(request, attendee=talk.context.asker)
    slots = gathered(talk, request, outcome.slots)
    wish = propose.wish_of(request, talk)
    if request.recurrence is not None or request.is_each:
        return repeating.series_card(talk, request, choice, slots)
    return answered(talk, request, choice, wish, slots)


def page_found(talk: Talk, outcome: Outcome) -> Step:
    """What somebody's public page offers: look for times with the type that fits."""
    request = talk.conversation.request
    if not isinstance(request, SlotRequest) or not isinstance(outcome, Found):
        return say(talk, common.broken())
    kinds = tuple(value for value in outcome.values if isinstance(value, EventType))
    named = next((kind for kind in kinds if request.wanted and request.wanted.lower() in kind.title.lower()), None)
    choice = choose_type(replace(request, host_type=named, event_type=None), kinds)
    if choice is None:
        return ask_for_page(talk.leading(words.no_such_page(request.host or "")), replace(request, host=None))
    return seek(talk, replace(request, host_type=choice.kind))


def choice_for(talk: Talk, request: SlotRequest) -> TypeChoice | None:
    """The event type that serves the wish; «2 to 3» asks for an hour where one is offered."""
    if request.guests and (teamed := team_types.team_choice(talk, request)) is not None:
        return teamed
    return choose_type(request, talk.context.event_types, talk.context.habits)


def gathered(talk: Talk, request: SlotRequest, found: tuple[tuple[Slot, ...], ...]) -> tuple[Slot, ...]:
    """Every slot ahead, the one that we hold ourselves included, without the times that were excluded."""
    now = talk.now
    hold = request.hold
    held = (hold.slot,) if hold is not None and hold.expires_at > now else ()
    ahead: list[Slot] = []
    for slot in sorted(chain(*found, held), key=_ENDS):
        if slot.start > now and not (ahead and _ENDS(slot) == _ENDS(ahead[-1])):
            ahead.append(slot)
    return (
        propose.without(ahead, request.excluded, talk) if request.excluded and not request.recurrence else tuple(ahead)
    )


def _ask_zone(talk: Talk, request: SlotRequest) -> Step:
    buttons = tuple(
        resume_button(f"z{number}", f"Use {times.place(zone)} time", whose_clock.in_that_zone(request, zone))
        for number, zone in enumerate(request.zones, start=1)
    )
    return show(
        talk,
        request,
        words.ask_when_zone(request.zones),
        (common.line(words.ask_when_zone(request.zones)), ButtonRow(buttons=buttons)),
    )


def zone_picked(talk: Talk, request: SlotRequest, zone: str) -> Step:
    """The answer to which zone was meant."""
    return seek(talk, whose_clock.in_that_zone(request, zone))


def _picked(talk: Talk, request: SlotRequest, choice: TypeChoice, slots: tuple[Slot, ...]) -> Step:
    """A slot was picked: its card when it is still free, else what is."""
    wanted = request.slot
    if wanted is None:
        return say(talk, common.broken())
    slot = next((slot for slot in slots if slot.start == wanted.start), None)
    if slot is None:
        expired = (
            request.hold is not None and request.hold.slot.start == wanted.start and not covers(talk, request, wanted)
        )
        if expired:
            talk = talk.leading(words.hold_ran_out(when_of(talk, request, wanted)))
        if not talk.facts.is_gone or expired:
            talk = talk.leading(words.taken(when_of(talk, request, wanted)))
        near = propose.nearest(slots, wanted.start, talk.zone, count=3)
        return _listing(talk.noting(is_gone=False), replace(request, slot=None), choice, near, words.nearest_are())
    if request.hold is not None and request.hold.slot.start == slot.start and not covers(talk, request, slot):
        talk = talk.leading(words.hold_ran_out(when_of(talk, request, slot)))
        request = replace(request, hold=None)
    others = propose.beside(slots, slot, propose.wish_of(request, talk), talk.zone)
    return booking_card(talk, Deal(request=request, choice=choice, slot=slot), others)


def answered(talk: Talk, request: SlotRequest, choice: TypeChoice, wish: Wish, slots: tuple[Slot, ...]) -> Step:
    """The card of the slot that was picked, or what there is for the wish."""
    if request.slot is not None:
        return _picked(talk, request, choice, slots)
    fits = propose.fitting(slots, wish)
    if not fits or wish.has_passed:
        return _instead(talk, request, choice, wish, slots)
    if (
        request.edge
        and not wish.is_point
        and request.intent is not Intent.FIND_SLOTS
        and (wish.windows or request.edge > 0)
    ):
        slot = fits[0] if request.edge > 0 else fits[-1]
        near = propose.nearest([one for one in slots if one.start != slot.start], slot.start, talk.zone, count=3)
        return booking_card(talk, Deal(request=request, choice=choice, slot=slot), near)
    if wish.is_point or (request.intent is not Intent.FIND_SLOTS and _is_narrow(request, wish)):
        slot = propose.said_first(fits, request, talk)
        near = propose.beside(slots, slot, wish, talk.zone)
        other_fits = propose.said_too(slots, slot, wish) if len(wish.windows) > 1 else ()
        others = (*other_fits, *(one for one in near if one not in other_fits))[:3] if other_fits else near
        return booking_card(talk, Deal(request=request, choice=choice, slot=slot), others)
    return _listing(talk, request, choice, _shown(talk, fits), "")


def _is_narrow(request: SlotRequest, wish: Wish) -> bool:
    """A booking on a named day, or on one of several: the first time that fits is proposed at once."""
    has_somebody = request.attendee is not None or request.intent is Intent.HOLD
    return (
        bool(wish.windows)
        and len(wish.dates) <= 3
        and has_somebody
        and any(m.hours is not None or m.exact is not None for m in request.moments)
    )


def _shown(talk: Talk, slots: Sequence[Slot]) -> tuple[Slot, ...]:
    is_one_day = local_date(slots[0], talk.zone) == local_date(slots[-1], talk.zone)  # they are in the order of time
    if is_one_day and len(slots) <= _WHOLE_DAY:
        return tuple(slots)
    return propose.spread(slots, talk.zone, a_day=8 if is_one_day else 4)


def _instead(talk: Talk, request: SlotRequest, choice: TypeChoice, wish: Wish, slots: tuple[Slot, ...]) -> Step:
    """Nothing fits: why, and what is free next."""
    if not slots:
        return nothing(talk, request, choice, wish)
    if wish.has_passed:
        return _listing(talk, request, choice, _shown_next(talk, slots), words.has_passed())
    target = wish.target
    if target is not None:
        day = [slot for slot in slots if slot.start.astimezone(talk.zone).date() == target.astimezone(talk.zone).date()]
        if day:
            return _listing(
                talk,
                request,
                choice,
                propose.nearest(day, target, talk.zone, count=3),
                _why_not(talk, request, choice, wish, day),
            )
    last = wish.windows[-1].end if wish.windows else talk.now
    on_dates = [slot for slot in slots if slot.start.astimezone(talk.zone).date() in wish.dates]
    behind = [slot for slot in slots if slot.start >= last] or list(slots)
    shown = (
        propose.nearest(on_dates, wish.windows[0].start, talk.zone, count=3)
        if on_dates
        else _shown_next(talk, propose.at_the_same_hours(behind, request, wish, talk.zone))
    )
    next_day = words.nearest_are() if on_dates else words.next_open(times.day(shown[0].start, talk.zone, talk.now))
    return _listing(talk, request, choice, shown, _reason(talk, request, wish, next_day, has_day=bool(on_dates)))


def _shown_next(talk: Talk, slots: Sequence[Slot]) -> tuple[Slot, ...]:
    return propose.spread(slots, talk.zone, days=2, a_day=6)


def _why_not(talk: Talk, request: SlotRequest, choice: TypeChoice, wish: Wish, day: Sequence[Slot]) -> str:
    """Taken, or no start at all."""
    start = wish.windows[0].start
    when = when_of(talk, request, Slot(start, start + choice.length))
    starts = {slot.start.minute for slot in day}
    if start.minute not in starts and day[0].start < start < day[-1].start:
        return words.no_start(when, words.kind_of(choice.kind, choice.length))
    return f"{words.taken(when)} {words.nearest_are()}"


def _reason(talk: Talk, request: SlotRequest, wish: Wish, next_day: str, *, has_day: bool) -> str:
    dates: tuple[date, ...] = wish.dates
    if dates and not has_day and all(day.weekday() >= 5 for day in dates):
        return words.weekend_closed(dates, talk.today, next_day)
    if has_day or any(moment.hours is not None for moment in request.moments):
        return words.stretch_full(f"at that time on {times.days(dates, talk.today)}", next_day)
    return words.day_full(dates, talk.today, next_day)


def nothing(talk: Talk, request: SlotRequest, choice: TypeChoice, wish: Wish) -> Step:
    """No slot at all: where to look instead."""
    last = wish.windows[-1].end + timedelta(days=7) if wish.windows else talk.now + timedelta(days=14)
    later = resume_button("later", "Show later", replace(request, slot=None, not_before=last, intent=Intent.FIND_SLOTS))
    text = words.nothing_free(wish.dates, talk.today)
    parts: tuple[CardPart, ...] = (
        common.line(text),
        ButtonRow(buttons=(later, day_button(replace(request, slot=None)), *private_button(talk, request))),
        *type_menu(request, choice),
    )
    return show(talk.having(offered=(), listed=()), request, text, parts)


def _listing(talk: Talk, request: SlotRequest, choice: TypeChoice, slots: tuple[Slot, ...], why: str) -> Step:
    """Slots as buttons, grouped by day."""
    if not slots:
        return nothing(talk, request, choice, propose.wish_of(request, talk))
    what = words.kind_of(choice.kind, choice.length)
    walls = on_the_wall(slots, talk.zone)
    remark = length_remark(choice) if choice.missed is not None else ""
    pieces = [why, remark, words.slots_text(clocks_by_day(walls, talk.zone), what, talk.zone, talk.today)]
    if request.host:
        pieces.append(words.page_times(request.host))
    if request.zone:
        pieces.append(_other_zone(talk, request, slots))
    text = " ".join(filter(None, pieces))
    buttons = pick_buttons(talk, request, walls, day=only_day(walls))
    head = " ".join(filter(None, (*pieces[:2], *pieces[3:])))
    parts: tuple[CardPart, ...] = (
        common.heading(words.slots_heading(what, request.attendee, talk.zone)),
        *((common.line(head),) if head else ()),
        *day_rows(talk, walls, buttons),
        ButtonRow(buttons=(*paging(talk, request, slots), *private_button(talk, request))),
        *type_menu(request, choice),
        common.small(words.pick_one()),
    )
    return show(talk.having(offered=slots, listed=()), request, text, parts)


def _other_zone(talk: Talk, request: SlotRequest, slots: tuple[Slot, ...]) -> str:
    """All of them on the clock that was named; where a clock time was said too, how both clocks stand to each other."""
    named = find_zone(request.zone)
    if named is None or any(map(says_clock, request.moments)):
        return f"The first is {when_of(talk, request, slots[0])}."
    return words.slots_elsewhere(clocks_by_day(on_the_wall(slots, named), talk.zone), named, talk.today)


def paging(talk: Talk, request: SlotRequest, slots: tuple[Slot, ...]) -> tuple[Button, ...]:
    """Earlier, later, another day."""
    first = local_date(slots[0], talk.zone)
    later = press_button("later", "Show later", TurnPage(behind=_end_of_page(talk, slots)))
    day = day_button(replace(request, slot=None) if request.slot is not None else None)
    if first <= talk.today:
        return (later, day)
    earlier = press_button("earlier", "Show earlier", TurnPage(day=first - timedelta(days=1)))
    return (earlier, later, day)


def _end_of_page(talk: Talk, slots: tuple[Slot, ...]) -> datetime:
    """Where the next page begins: behind the last day of several, since only some of its slots are shown."""
    if local_date(slots[0], talk.zone) == local_date(slots[-1], talk.zone):  # they are in the order of time
        return slots[-1].end
    return day_bounds(slots[-1].start.astimezone(talk.zone).date(), talk.zone).end


def more_options(talk: Talk, request: SlotRequest) -> Step:
    """Other times than those offered: the next ones behind them, or around the slot of the card."""
    offered = talk.conversation.offered
    last = _end_of_page(talk, offered) if offered else None
    if request.slot is not None:
        day = request.slot.start.astimezone(talk.zone).date()
        return seek(
            talk, replace(request, intent=Intent.FIND_SLOTS, slot=None, moments=(on_day(day),), not_before=None)
        )
    moments = () if any(is_point(moment) for moment in request.moments) else request.moments
    days = by_day(offered, talk.zone)
    if len(days) == 1 and len(offered) <= _WHOLE_DAY:  # the day was shown whole
        moments = around(moments, (on_day(next(iter(days))),))
    return seek(talk, replace(request, slot=None, moments=moments, not_before=last))


def pick_slot(talk: Talk, request: SlotRequest, slot: Slot) -> Step:
    """One of the offered slots was picked in words."""
    return seek(talk, slot_request(request, slot))
