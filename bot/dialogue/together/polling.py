"""Polls: times put to the vote with one press, votes in place, and the time that suits most offered to the asker to book.

Free and busy times pre-fill nobody's vote; of the asker's own, only the asker is told.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.dialogue.acts import Facts, FindSlots, Moments, Reply, SlotsFound, Style
from bot.dialogue.acts.together import PollFound
from bot.dialogue.buttons import ButtonRow, keep_button, press_button
from bot.dialogue.cards import CastVote, ClosePoll, DecideAnew, PublishPoll
from bot.dialogue.context import Letter, Step
from bot.dialogue.conversation import Doing
from bot.dialogue.families import SlotRequest, TogetherRequest
from bot.dialogue.finding import looking, propose
from bot.dialogue.talk import Talk, closed, do, say, show
from bot.dialogue.together.letters import Poster
from bot.dialogue.together.sharing import as_slots
from bot.dialogue.wording import booking as slot_words
from bot.dialogue.wording import common, times
from bot.dialogue.wording.together import polling as words
from bot.language.meaning import Intent
from bot.scheduling.accounts import Owner
from bot.scheduling.models import Person, Slot
from bot.scheduling.replacing import replace
from bot.scheduling.times import find_zone
from bot.scheduling.together.polls import Poll

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.dialogue.acts import Outcome
    from bot.dialogue.cards import Card
    from bot.dialogue.finding.event_types import TypeChoice

_MOST = 8
_OPEN_FOR = timedelta(days=7)
_LEAST = 2


def offer(talk: Talk, request: TogetherRequest) -> Step:
    """Look whether the asker is free at the times named."""
    if not [one for one in request.people if one.member]:
        return say(talk, words.whom())
    wanted = as_slots(request)
    choice = looking.choice_for(talk, wanted)
    if choice is None:
        return say(talk, slot_words.no_event_types(talk.service))
    if len(request.slots) >= _LEAST:
        return _preview(talk, request, _poll(talk, request, choice, request.slots), [])
    wish = propose.wish_of(wanted, talk)
    if not wish.is_point or len(wish.windows) < _LEAST:
        return say(talk, words.which_times())
    return do(talk, FindSlots(queries=propose.queries(wanted, wish, choice, talk)), Doing.CHOOSING_FOR_POLL)


def chosen(talk: Talk, outcome: Outcome) -> Step:
    """The preview of the poll."""
    request = talk.conversation.request
    if not isinstance(request, TogetherRequest) or not isinstance(outcome, SlotsFound):
        return say(talk, common.broken())
    wanted = as_slots(request)
    choice = looking.choice_for(talk, wanted)
    if choice is None:
        return say(talk, common.broken())
    windows = propose.wish_of(wanted, talk).windows
    if len(windows) > _MOST:
        talk, windows = talk.leading(words.too_many(_MOST)), windows[:_MOST]
    slots = tuple(Slot(window.start, window.start + choice.length) for window in windows)
    free = {slot.start for slot in looking.gathered(talk, wanted, outcome.slots)}
    busy = [times.moment(slot.start, talk.zone, talk.now) for slot in slots if slot.start not in free]
    return _preview(talk, request, _poll(talk, request, choice, slots), busy)


def _poll(talk: Talk, request: TogetherRequest, choice: TypeChoice, slots: tuple[Slot, ...]) -> Poll:
    return Poll(
        id=f"{talk.context.fresh_id}v",
        owner=talk.context.key.owner,
        title=choice.kind.title,
        slots=slots,
        invited=tuple(
            Person(name=one.name, email=one.email, zone=one.zone, member=one.member) for one in request.people
        ),
        closes_at=min(request.until or talk.now + _OPEN_FOR, slots[-1].start),
        zone=str(talk.zone),
        asker=talk.context.asker.name,
        event_type=choice.kind.id,
    )


def _preview(talk: Talk, request: TogetherRequest, poll: Poll, busy: list[str]) -> Step:
    said = [times.stretch(slot, talk.zone, talk.now) for slot in poll.slots]
    rows = (
        ("Who", common.listed([one.name for one in poll.invited])),
        ("Times", "\n".join(said)),
        ("Until", times.moment(poll.closes_at, talk.zone, talk.now)),
    )
    remark = words.not_yours(busy) if busy else ""
    post = press_button("post", words.post(), PublishPoll(poll=poll), style=Style.PRIMARY)
    parts = (
        common.heading(words.preview_heading()),
        Facts(rows=rows),
        *((common.line(remark),) if remark else ()),
        ButtonRow(buttons=(post, keep_button("keep", words.drop()))),
    )
    text = " ".join(piece for piece in (words.preview(poll, said), remark) if piece)
    return show(talk.having(offered=(), listed=()), request, text, parts)


def posted(talk: Talk, outcome: Outcome) -> Step:
    """It is kept: the poll goes out, here or to everybody asked."""
    if not isinstance(outcome, PollFound) or outcome.poll is None:
        return say(talk, common.broken())
    poll = outcome.poll
    if talk.context.is_public:
        readers: tuple[Owner | None, ...] = (None,)
    else:
        owner = poll.owner
        readers = tuple(Owner(owner.enterprise, owner.team, one.member) for one in poll.invited if one.member)
    letters = []
    for card_id, to in zip(_cards(poll), readers, strict=False):
        reply, card = public(poll, card_id, talk.now)
        letters.append(Letter(reply=reply, to=to, card=card))
    close = press_button("close", words.close(), ClosePoll(poll=poll.id))
    until = times.moment(poll.closes_at, talk.zone, talk.now)
    request = talk.conversation.request
    mine = request if isinstance(request, TogetherRequest) else None
    return closed(talk, mine, words.posted(poll, until), close).with_letters(*letters)


def voted(talk: Talk, outcome: Outcome) -> Step:
    """The poll as it stands, in its own place; once all have answered, the asker hears what came of it."""
    pressed = talk.context.pressed
    if not isinstance(outcome, PollFound) or outcome.poll is None or pressed is None:
        return say(talk, common.lost_card(), is_personal=True)
    if not outcome.counts:
        return say(talk.noting(stays=True), words.is_closed(), is_personal=True)
    reply, _ = public(outcome.poll, pressed.id, talk.now)
    step = Step(conversation=talk.having(doing=Doing.NOTHING).conversation, reply=reply)
    letters = [one for one in shown_anew(outcome.poll, talk.now) if one.replaces != pressed.id]
    return step.with_letters(*letters, *((_result_letter(outcome.poll, talk),) if outcome.is_full else ()))


def finished(talk: Talk, outcome: Outcome) -> Step:
    """Closed by its asker: the card says so, and what came of it is offered."""
    if not isinstance(outcome, PollFound) or outcome.poll is None:
        return say(talk, common.lost_card(), is_personal=True)
    poll = outcome.poll
    letters = shown_anew(poll, talk.now)
    wish = booking_wish(poll)
    text = result(poll, talk.zone, talk.now)
    if wish is None:
        return closed(talk, None, text).with_letters(*letters)
    button = press_button("book", words.book_it(), DecideAnew(request=wish), style=Style.PRIMARY)
    return closed(talk, None, text, button).with_letters(*letters)


def _cards(poll: Poll) -> tuple[str, ...]:
    """The ids of its cards: one for the place it was posted in, or one for each colleague who was asked directly."""
    count = max(1, sum(1 for one in poll.invited if one.member))
    return tuple(f"{poll.id}{number or ''}" for number in range(count))


def shown_anew(poll: Poll, now: datetime) -> tuple[Letter, ...]:
    """The poll as it stands, in the place of each of its cards."""
    return tuple(Letter(reply=public(poll, card_id, now)[0], replaces=card_id) for card_id in _cards(poll))


def public(poll: Poll, card_id: str, now: datetime) -> tuple[Reply, Card]:
    """The card that everybody sees."""
    zone, is_open = _zone(poll), poll.is_open(now)
    rows = []
    for number, slot in enumerate(poll.slots):
        names = [vote.name for vote in poll.who_can(number)]
        rows.append((slot, times.stretch(slot, zone, now), words.row(len(names), poll.total, names)))
    buttons = tuple(
        press_button(f"v{number}", times.moment(slot.start, zone, now), CastVote(poll=poll.id, option=number))
        for number, slot in enumerate(poll.slots)
    )
    none = press_button("none", words.none_of_these(), CastVote(poll=poll.id))
    waiting = [one.name for one in poll.invited if one.member not in poll.voted]
    text = words.intro(poll, times.moment(poll.closes_at, zone, now)) if is_open else words.closed()
    parts = (
        common.heading(words.heading(poll)),
        common.line(text),
        Moments(rows=tuple(rows)),
        common.small(words.waiting(waiting)),
        *((ButtonRow(buttons=(*buttons, none), title=f"{times.place(zone)} time"),) if is_open else ()),
    )
    poster = Poster(id=card_id, owner=poll.owner, asker=poll.asker, now=now, until=poll.closes_at, is_open=True)
    said = "; ".join(f"{when}{who}" for _, when, who in rows)
    reply, card = poster.draw(f"{text} {said}.", parts)
    return replace(reply, shows=poll), card


def result(poll: Poll, zone: ZoneInfo, now: datetime) -> str:
    """«3 of 3 can Wed 10:00.»"""
    best = poll.best()
    if best is None:
        return words.nobody_can()
    able = len(poll.who_can(best))
    return words.result(able, poll.total, times.stretch(poll.slots[best], zone, now), able == poll.total)


def booking_wish(poll: Poll) -> SlotRequest | None:
    """The booking of the time that most people can, with everybody who can; None when nobody can."""
    best = poll.best()
    if best is None:
        return None
    able = {vote.member for vote in poll.who_can(best)}
    people = tuple(one for one in poll.invited if one.member in able)
    return SlotRequest(
        intent=Intent.BOOK,
        event_type=poll.event_type or None,
        attendee=people[0] if people else None,
        guests=people[1:],
        slot=poll.slots[best],
    )


def result_for_asker(poll: Poll, card_id: str, now: datetime) -> tuple[Reply, Card]:
    """What the asker hears, with the press that leads to the booking."""
    zone, wish = _zone(poll), booking_wish(poll)
    text = result(poll, zone, now)
    buttons = (press_button("book", words.book_it(), DecideAnew(request=wish), style=Style.PRIMARY),) if wish else ()
    poster = Poster(id=card_id, owner=poll.owner, asker=poll.asker, now=now, until=now + _OPEN_FOR)
    return poster.draw(text, (common.line(text), ButtonRow(buttons=buttons)))


def _result_letter(poll: Poll, talk: Talk) -> Letter:
    reply, card = result_for_asker(poll, f"{talk.context.fresh_id}r", talk.now)
    return Letter(reply=reply, to=poll.owner, card=card)


def _zone(poll: Poll) -> ZoneInfo:
    zone = find_zone(poll.zone)
    if zone is None:
        raise ValueError(f"a poll without a zone: {poll.zone!r}")
    return zone
