"""A time for several people: what the asker can offer, held against everybody's free times and hours.

    FindTogether ──> together_found ──> one time meant: its card, with what it costs whom
                                   └──> a stretch: the best times for everybody
                                   └──> one person whose calendar is not known: the usual list, inside their hours

What is known of other people's calendars lives in this one decision only: cards and requests keep times and names, never
why a time was left out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.dialogue.acts.together import TogetherFound
from bot.dialogue.families import SlotRequest, TogetherRequest
from bot.dialogue.finding import looking, propose
from bot.dialogue.finding.card import Deal, booking_card, slot_request, type_menu, when_of
from bot.dialogue.talk import ButtonRow, Talk, resume_button, say, show
from bot.dialogue.together import company, consent
from bot.dialogue.wording import booking as slot_words
from bot.dialogue.wording import common, times
from bot.dialogue.wording.together import people as words
from bot.language.meaning import Intent
from bot.scheduling.together.common_time import find_common
from bot.scheduling.together.people import Party, Source, key_of

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from bot.dialogue.acts import Outcome
    from bot.dialogue.context import Decision, Step
    from bot.dialogue.finding.event_types import TypeChoice
    from bot.dialogue.finding.propose import Wish
    from bot.dialogue.talk import Button, CardPart
    from bot.scheduling.models import Slot
    from bot.scheduling.together.people import Common, CommonTime, Participant

_MOST = 8
_BESIDE = 3
"""So many other times stand on the card of one."""
_MOST_ASKED = 3
_LEAST_TO_POLL = 2
_MOST_TO_POLL = 5
_MOST_COSTLY = 3
"""So many times that cost somebody something stand behind those that suit best."""
_EVERY = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """The people of the wish, as they were seen just now."""

    talk: Talk
    request: SlotRequest
    choice: TypeChoice
    seen: tuple[Participant, ...]

    @property
    def names(self) -> dict[str, str]:
        """What everybody is called: by first names where that tells them apart."""
        people = {key_of(one): one.name for one in company.people_of(self.request)}
        shorts = [words.short(name) for name in people.values()]
        return {
            key: words.short(name) if shorts.count(words.short(name)) == 1 else common.cut(name, 30)
            for key, name in people.items()
        }

    @property
    def zones(self) -> dict[str, ZoneInfo]:
        """Whose clock is which."""
        return {one.id: self.talk.told_in(one.zone) for one in self.seen}

    @property
    def called(self) -> list[str]:
        """The names in the order in which they were said."""
        names = self.names
        return [names[one.id] for one in self.seen]

    def best(self, slots: tuple[Slot, ...], most: int = _MOST) -> Common:
        """The best of these times."""
        return find_common(slots, company.parties(self.request, self.seen), zone=self.talk.zone, most=most)

    def alone(self, person: Participant, slot: Slot) -> CommonTime:
        """One time for one of them."""
        return find_common((slot,), (Party(anyone=(person,)),), zone=self.talk.zone).times[0]

    @property
    def is_known(self) -> bool:
        """Whether there is more to say than one person's hours."""
        return len(self.seen) > 1 or any(one.is_checked for one in self.seen)


def together_found(talk: Talk, outcome: Outcome) -> Decision:
    """Answer the wish with the times that suit everybody."""
    request = talk.conversation.request
    if not isinstance(request, SlotRequest) or not isinstance(outcome, TogetherFound):
        return say(talk, common.broken())
    choice = looking.choice_for(talk, request)
    if choice is None:
        return say(talk, common.broken())
    slots = looking.gathered(talk, request, outcome.slots)
    wish = propose.wish_of(request, talk)
    circle = Circle(talk=talk, request=request, choice=choice, seen=outcome.people)
    meant = _meant(circle, wish, slots)
    if meant is not None:
        return _one(circle, meant, slots)
    if request.slot is not None or wish.has_passed or not slots or not circle.is_known:
        return looking.answered(talk, request, choice, wish, _inside_hours(circle, wish, slots))
    return _several(circle, wish, slots)


def _meant(circle: Circle, wish: Wish, slots: tuple[Slot, ...]) -> Slot | None:
    """The one time that is meant, if the asker can offer it: picked, or said with its clock."""
    request = circle.request
    if request.slot is not None:
        return next((slot for slot in slots if slot.start == request.slot.start), None)
    fits = propose.fitting(slots, wish) if wish.is_point and not wish.has_passed else ()
    return fits[0] if len(fits) == 1 else None


def _inside_hours(circle: Circle, wish: Wish, slots: tuple[Slot, ...]) -> tuple[Slot, ...]:
    """The slots inside the hours of the one other person, as long as there are any in the wish."""
    inside = tuple(sorted(time.slot for time in circle.best(slots, _EVERY).times if time.suits_all))
    return inside if propose.fitting(inside, wish) else slots


def _one(circle: Circle, slot: Slot, slots: tuple[Slot, ...]) -> Step:
    """The card of one time, with what it costs whom and better times beside it."""
    talk, request = circle.talk, circle.request
    common_time = circle.best((slot,)).times[0]
    near = propose.nearest([other for other in slots if other != slot], slot.start, talk.zone, count=_EVERY)
    better = [time.slot for time in circle.best(near, _BESIDE).times if time.rank <= common_time.rank]
    others = tuple(sorted(better)) if circle.is_known else near[:_BESIDE]
    if request.is_either:
        request = replace(company.only(request, common_time.coming or common_time.absent[:1]), is_either=False)
    request = replace(request, rechecks=not common_time.absent and bool(circle.best((slot,)).checked))
    if request.intent is Intent.FIND_SLOTS and request.slot is None:
        talk = talk.leading(_who_can(circle, common_time))
    return booking_card(
        talk,
        Deal(request=request, choice=circle.choice, slot=slot),
        others,
        beside=_remarks(circle, common_time),
    )


def _who_can(circle: Circle, time: CommonTime) -> str:
    """The answer to «who's free», everybody by name."""
    singles = [circle.alone(one, time.slot) for one in circle.seen] if circle.request.is_either else [time]
    merged = replace(
        time,
        coming=tuple(key for one in singles for key in one.coming),
        absent=tuple(key for one in singles for key in one.absent),
    )
    unchecked = [one.id for one in circle.seen if not one.is_checked]
    return words.who_can(merged, circle.names, when_of(circle.talk, circle.request, time.slot), unchecked)


def _remarks(circle: Circle, time: CommonTime) -> tuple[str, ...]:
    names, found = circle.names, circle.best((time.slot,))
    sure = [names[one.id] for one in circle.seen if one.id in time.coming and one.is_checked]
    is_said = circle.request.intent is Intent.FIND_SLOTS and circle.request.slot is None
    remarks = (
        words.cannot([names[key] for key in time.absent]) if time.absent and not is_said else "",
        *(words.at_their_hour(names[k], time.slot, circle.zones[k], circle.talk.now) for k in time.stretched),
        words.all_can(sure, times.moment(time.slot.start, circle.talk.zone, circle.talk.now))
        if sure and not is_said
        else "",
        words.checked(found, names) if circle.is_known else "",
    )
    return tuple(text for text in remarks if text)


def _several(circle: Circle, wish: Wish, slots: tuple[Slot, ...]) -> Step:
    """The best times for everybody, one row a day, each with what it costs whom."""
    talk, request = circle.talk, circle.request
    fits = propose.fitting(slots, wish)
    found = circle.best(fits or _same_day(circle, wish, slots) or slots)
    if found.times and found.times[0].rank.sacrifices:
        elsewhere = circle.best(slots)
        is_better = elsewhere.times[0].rank.sacrifices < found.times[0].rank.sacrifices
        fits, found = ((), elsewhere) if is_better else (fits, found)
    if not found.times:
        return looking.nothing(talk, request, circle.choice, wish)
    lead = words.none_suits(circle.called) if not fits else ""
    lead = lead or ("" if found.times[0].suits_all else words.only_with_a_cost())
    rows, shown = _rows(circle, found)
    offered = tuple(time.slot for time in shown)
    what = slot_words.kind_of(circle.choice.kind, circle.choice.length)
    checked = words.checked(found, circle.names)
    said = [f"{when_of(talk, request, time.slot)}{_costs(circle, time)}" for time in shown]
    head = f"{what} with {words.everybody(circle.called, is_either=request.is_either)}"
    parts: tuple[CardPart, ...] = (
        common.heading(words.heading(circle.called, talk.zone)),
        *((common.line(lead),) if lead else ()),
        *rows,
        common.line(" ".join((checked, *_unchecked(circle)))),
        ButtonRow(
            buttons=(
                *_asking(circle),
                *_polling(circle, shown),
                *looking.paging(talk, request, tuple(time.slot for time in shown)),
            )
        ),
        *type_menu(request, circle.choice),
        common.small(slot_words.pick_one()),
    )
    text = " ".join(piece for piece in (lead, words.found(head, said, checked), *_unchecked(circle)) if piece)
    return show(talk.having(offered=offered, listed=()), request, text, parts)


def _same_day(circle: Circle, wish: Wish, slots: tuple[Slot, ...]) -> tuple[Slot, ...]:
    """What there is on the day of the clock time that was meant."""
    zone, target = circle.talk.zone, wish.target
    day = target.astimezone(zone).date() if target else None
    return tuple(slot for slot in slots if slot.start.astimezone(zone).date() == day)


def _costs(circle: Circle, time: CommonTime) -> str:
    cost = words.cost(time, circle.names, circle.zones)
    coming = [circle.names[key] for key in time.coming]
    with_whom = f"with {common.listed(coming)}" if circle.request.is_either and coming else ""
    return "".join(f", {piece}" for piece in (with_whom, cost if not with_whom else "") if piece)


def _rows(circle: Circle, found: Common) -> tuple[list[ButtonRow], list[CommonTime]]:
    """Those that suit best in order of time, those with a cost behind them in order of what they cost."""
    talk = circle.talk
    best = [time for time in found.times if time.rank == found.times[0].rank]
    rest = [time for time in found.times if time.rank != found.times[0].rank][:_MOST_COSTLY]
    shown = [*sorted(best, key=lambda time: time.slot), *rest]
    buttons = [_button(circle, number, time) for number, time in enumerate(shown, start=1)]
    days: dict[str, list[Button]] = {}
    for time, button in zip(shown, buttons, strict=True):
        day = times.day(time.slot.start, talk.zone, talk.now) if time in best else ""
        days.setdefault(day, []).append(button)
    return [ButtonRow(buttons=tuple(row), title=day or slot_words.or_instead()) for day, row in days.items()], shown


def _button(circle: Circle, number: int, time: CommonTime) -> Button:
    request = slot_request(circle.request, time.slot)
    if circle.request.is_either or time.absent:
        request = replace(company.only(request, time.coming), is_either=False) if time.coming else request
    day = times.moment(time.slot.start, circle.talk.zone, circle.talk.now)
    label = words.row_label(day, _costs(circle, time).removeprefix(", "))
    return resume_button(f"s{number}", label, request, hint=when_of(circle.talk, circle.request, time.slot))


def _polling(circle: Circle, shown: list[CommonTime]) -> list[Button]:
    """Put the best of these times to the vote instead."""
    if len(circle.seen) < _LEAST_TO_POLL or len(shown) < _LEAST_TO_POLL or circle.request.is_either:
        return []
    request = circle.request
    wish = TogetherRequest(
        intent=Intent.POLL,
        people=company.people_of(request),
        event_type=circle.choice.kind.id,
        length=request.length,
        slots=tuple(sorted(time.slot for time in shown[:_MOST_TO_POLL])),
    )
    return [resume_button("poll", words.poll_these(), wish)]


def _asking(circle: Circle) -> list[Button]:
    """Those who could say more, and whom the asker may ask."""
    people = {key_of(one): one for one in company.people_of(circle.request)}
    silent = [one.id for one in circle.seen if one.source is Source.HOURS and people[one.id].email]
    return [consent.ask_button(n, people[key], circle.names[key]) for n, key in enumerate(silent[:_MOST_ASKED])]


def _unchecked(circle: Circle) -> list[str]:
    names = circle.names
    return [words.why_not_checked(one, names[one.id]) for one in circle.seen if not one.is_checked]
