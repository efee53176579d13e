"""A time for several people: what the asker can offer, held against everybody's free times and hours.

    FindTogether ──> together_found ──> one time meant: its card, with what it costs whom
                                   └──> a stretch: the best times for everybody
                                   └──> one person whose calendar is not known: the usual list, inside their hours

What is known of other people's calendars lives in this one decision only: cards and requests keep times and names, never
why a time was left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.acts.together import TogetherFound
from bot.dialogue.buttons import ButtonRow
from bot.dialogue.families import SlotRequest
from bot.dialogue.finding import looking, propose
from bot.dialogue.finding.card import Deal, booking_card, type_menu, when_of
from bot.dialogue.talk import Talk, say, show
from bot.dialogue.together import offered
from bot.dialogue.together.offered import Circle
from bot.dialogue.wording import booking as slot_words
from bot.dialogue.wording import common, times
from bot.dialogue.wording.together import people as words
from bot.language.meaning import Intent
from bot.scheduling.models import Slot
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from bot.dialogue.acts import Outcome
    from bot.dialogue.buttons import CardPart
    from bot.dialogue.context import Decision, Step
    from bot.dialogue.finding.propose import Wish
    from bot.scheduling.together.people import CommonTime

_BESIDE = 3
"""So many other times stand on the card of one."""
_EVERY = 10_000


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
    if request.slot is not None or wish.has_passed or not slots:
        return looking.answered(talk, request, choice, wish, slots)
    if not circle.is_known and (inside := _inside_hours(circle, wish, slots)):
        return looking.answered(talk, request, choice, wish, inside)
    return _several(circle, wish, circle.enough(slots))


def _meant(circle: Circle, wish: Wish, slots: tuple[Slot, ...]) -> Slot | None:
    """The one time that is meant, if the asker can offer it: picked, or said with its clock."""
    request = circle.request
    if request.slot is not None:
        return next((slot for slot in slots if slot.start == request.slot.start), None)
    fits = propose.fitting(slots, wish) if wish.is_point and not wish.has_passed else ()
    return fits[0] if len(fits) == 1 else None


def _inside_hours(circle: Circle, wish: Wish, slots: tuple[Slot, ...]) -> tuple[Slot, ...]:
    """The slots inside the hours of the one other person, unless the wish leaves only others."""
    inside = tuple(sorted(time.slot for time in circle.best(slots, _EVERY).times if time.suits_all))
    return inside if propose.fitting(inside, wish) or not propose.fitting(slots, wish) else ()


def _one(circle: Circle, slot: Slot, slots: tuple[Slot, ...]) -> Step:
    """The card of one time, with what it costs whom and better times beside it."""
    talk, request = circle.talk, circle.request
    common_time = circle.best((slot,)).times[0]
    choices = offered.instead(circle, common_time) if circle.either else ()
    chosen = circle.narrowed(common_time.coming or common_time.absent[:1]) if circle.either else circle
    near = propose.nearest([other for other in slots if other != slot], slot.start, talk.zone, count=_EVERY)
    as_good = [time.slot for time in chosen.best(near, _EVERY).times if time.rank <= common_time.rank]
    better = propose.nearest(as_good, slot.start, talk.zone, count=_BESIDE)
    request = replace(chosen.request, rechecks=not common_time.absent and bool(chosen.best((slot,)).checked))
    if request.intent is Intent.FIND_SLOTS and request.slot is None:
        talk = talk.leading(_who_can(circle, common_time))
    return booking_card(
        talk,
        Deal(request=request, choice=circle.choice, slot=slot),
        better,
        beside=_remarks(circle, common_time),
        instead=ButtonRow(buttons=choices, title=words.or_with()),
    )


def _who_can(circle: Circle, time: CommonTime) -> str:
    """The answer to «who's free», everybody by name."""
    singles = [circle.alone(one, time.slot) for one in circle.seen] if circle.either else [time]
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
        *(words.at_their_hour(names[key], time.slot, circle.zones[key], circle.talk.now) for key in time.stretched),
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
    lead = "" if fits else _why_none(circle, wish)
    lead = lead or ("" if found.times[0].suits_all or request.quorum else words.only_with_a_cost())
    if request.quorum:
        lead = " ".join(filter(None, (lead, words.enough_of(request.quorum))))
    drawn, shown = offered.rows(circle, found)
    times_shown = tuple(time.slot for time in shown)
    what = slot_words.kind_of(circle.choice.kind, circle.choice.length)
    checked = words.checked(found, circle.names)
    said = [", ".join((when_of(talk, request, time.slot), *offered.costs(circle, time))) for time in shown]
    head = f"{what} with {circle.called}"
    parts: tuple[CardPart, ...] = (
        common.heading(words.heading(circle.called, talk.zone)),
        *((common.line(lead),) if lead else ()),
        *drawn,
        common.line(" ".join((checked, *offered.unchecked(circle)))),
        ButtonRow(
            buttons=(
                *offered.asking(circle),
                *offered.polling(circle, shown),
                *looking.paging(talk, request, times_shown),
            )
        ),
        *type_menu(request, circle.choice),
        common.small(slot_words.pick_one()),
    )
    text = " ".join(piece for piece in (lead, words.found(head, said, checked), *offered.unchecked(circle)) if piece)
    return show(talk.having(offered=times_shown, listed=()), request, text, parts)


def _why_none(circle: Circle, wish: Wish) -> str:
    """Nothing at the time meant: who could, where the asker has no start then, and that others follow."""
    request, target = circle.request, wish.target
    if target is not None and request.intent is Intent.FIND_SLOTS:
        meant = Slot(target, target + circle.choice.length)
        answer = _who_can(circle, circle.best((meant,)).times[0])
        return f"{answer} {words.no_start(slot_words.kind_of(circle.choice.kind, circle.choice.length))}"
    if target is not None:
        when = when_of(circle.talk, request, Slot(target, target + circle.choice.length))
        return f"{slot_words.taken(when)} {slot_words.nearest_are()}"
    return words.none_suits(circle.called)


def _same_day(circle: Circle, wish: Wish, slots: tuple[Slot, ...]) -> tuple[Slot, ...]:
    """What there is on the day of the clock time that was meant."""
    zone, target = circle.talk.zone, wish.target
    day = target.astimezone(zone).date() if target else None
    return tuple(slot for slot in slots if slot.start.astimezone(zone).date() == day)
