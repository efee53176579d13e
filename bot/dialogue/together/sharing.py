"""Times that colleagues may pick: chosen, shown to the sharer exactly as they will be public, put up with one press.

    TogetherRequest ──> FindSlots | FindTogether ──> the preview ──[Share]──> KeepShare ──> the public card, in a letter

The public card names the event type, the times, the place, how long and how often; nothing else of the sharer's calendar.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.dialogue.acts import Facts, FindSlots, Moments, SlotsFound, Style
from bot.dialogue.acts.together import FindTogether, ShareFound, TogetherFound
from bot.dialogue.buttons import ButtonRow, keep_button, press_button
from bot.dialogue.cards import EndShare, PickTime, PublishShare
from bot.dialogue.context import Letter
from bot.dialogue.conversation import Doing
from bot.dialogue.families import SlotRequest, TogetherRequest
from bot.dialogue.finding import looking, propose
from bot.dialogue.talk import Talk, closed, do, say, show
from bot.dialogue.together.company import parties
from bot.dialogue.together.letters import Poster
from bot.dialogue.wording import booking as slot_words
from bot.dialogue.wording import common, times
from bot.dialogue.wording.together import sharing as words
from bot.language.meaning import Intent
from bot.scheduling.accounts import Owner
from bot.scheduling.replacing import replace
from bot.scheduling.times import find_zone
from bot.scheduling.together.common_time import find_common
from bot.scheduling.together.sharing import Share

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.dialogue.acts import Outcome, Reply
    from bot.dialogue.cards import Card
    from bot.dialogue.context import Step
    from bot.dialogue.finding.event_types import TypeChoice
    from bot.scheduling.models import Slot

_MOST_TIMES = 12
_A_DAY = 3
_DAYS = 5
_USUAL = 3
"""So many bookings at most, where many may pick and nothing was said."""
_MOST = 20


def offer(talk: Talk, request: TogetherRequest) -> Step:
    """Look for the times that would be shared."""
    strangers = [one.name for one in request.people if not one.member]
    if strangers:
        return say(talk, words.only_members(strangers))
    if not request.people and not talk.context.is_public:
        return say(talk, words.with_whom())
    wanted = as_slots(request)
    choice = looking.choice_for(talk, wanted)
    if choice is None:
        return say(talk, slot_words.no_event_types(talk.service))
    if any(question.is_required for question in choice.kind.questions):
        return say(talk, words.asks_questions(choice.kind.title))
    queries = propose.queries(wanted, propose.wish_of(wanted, talk), choice, talk)
    if request.intent is Intent.ASK_OTHER:
        return do(
            talk, FindTogether(queries=queries, people=request.people, length=choice.length), Doing.CHOOSING_TO_SHARE
        )
    return do(talk, FindSlots(queries=queries), Doing.CHOOSING_TO_SHARE)


def as_slots(request: TogetherRequest) -> SlotRequest:
    """The same wish as one for free times."""
    return SlotRequest(
        intent=Intent.FIND_SLOTS,
        event_type=request.event_type,
        length=request.length,
        moments=request.moments,
        excluded=request.excluded,
        zone=request.zone,
        attendee=request.people[0] if request.people else None,
    )


def chosen(talk: Talk, outcome: Outcome) -> Step:
    """The preview: what would be public, and the press that makes it so."""
    request = talk.conversation.request
    if not isinstance(request, TogetherRequest) or not isinstance(outcome, SlotsFound | TogetherFound):
        return say(talk, common.broken())
    wanted = as_slots(request)
    choice = looking.choice_for(talk, wanted)
    if choice is None or talk.context.account is None:
        return say(talk, common.broken())
    wish = propose.wish_of(wanted, talk)
    slots = propose.fitting(looking.gathered(talk, wanted, outcome.slots), wish)
    if isinstance(outcome, TogetherFound):
        found = find_common(slots, parties(wanted, outcome.people), zone=talk.zone, most=_MOST_TIMES)
        slots = tuple(sorted(time.slot for time in found.times if time.suits_all))
    shown = _some(slots, talk.zone, request.offers)
    if not shown:
        return say(talk, words.nothing_to_share())
    until = wish.windows[-1].end if wish.windows else shown[-1].start
    return _preview(talk, request, _share(talk, request, choice, shown, min(until, shown[-1].start)))


def _some(slots: tuple[Slot, ...], zone: ZoneInfo, wanted: int | None) -> tuple[Slot, ...]:
    """A few of them over the first days; where so many are wanted, those, if need be of fewer days."""
    if wanted is None:
        return propose.spread(slots, zone, days=_DAYS, a_day=_A_DAY)[:_MOST_TIMES]
    for a_day in range(1, wanted + 1):
        if len(shown := propose.spread(slots, zone, days=_DAYS, a_day=a_day)) >= wanted:
            return shown[: min(wanted, _MOST_TIMES)]
    return shown[:_MOST_TIMES]


def _share(talk: Talk, request: TogetherRequest, choice: TypeChoice, slots: tuple[Slot, ...], until: datetime) -> Share:
    context = talk.context
    audience = tuple(one.member for one in request.people if one.member)
    place = choice.kind.places[0] if choice.kind.places else None
    most = request.most or (1 if len(audience) == 1 else _USUAL)
    return Share(
        id=f"{context.fresh_id}s",
        owner=context.key.owner,
        account=context.account.id if context.account else "",
        event_type=choice.kind.id,
        title=choice.kind.title,
        slots=slots,
        until=max(until, talk.now + timedelta(minutes=1)),
        most=min(most, len(slots), _MOST),
        zone=str(talk.zone),
        sharer=context.asker.name,
        where=slot_words.place(place) if place and not place.detail else "",
        length=choice.asked_length,
        audience=audience,
    )


def _preview(talk: Talk, request: TogetherRequest, share: Share) -> Step:
    names = [one.name for one in request.people]
    rows = (
        ("Who can pick", words.audience(names)),
        ("Type", words.what(share)),
        ("Times", "\n".join(times.stretch(slot, talk.zone, talk.now) for slot in share.slots)),
        ("Where", share.where),
        ("Until", times.moment(share.until, talk.zone, talk.now)),
        ("At most", common.count(share.most, "booking")),
    )
    press = press_button("share", words.share_label(names), PublishShare(share=share), style=Style.PRIMARY)
    text = words.preview(share, names, times.moment(share.until, talk.zone, talk.now))
    parts = (
        common.heading(words.preview_heading(share)),
        Facts(rows=tuple(row for row in rows if row[1])),
        common.line(words.nothing_else()),
        ButtonRow(buttons=(press, keep_button("keep", words.keep_private()))),
    )
    return show(talk.having(offered=(), listed=()), request, text, parts)


def shared(talk: Talk, outcome: Outcome) -> Step:
    """It is kept: the public card goes out."""
    if not isinstance(outcome, ShareFound) or outcome.share is None:
        return say(talk, common.broken())
    share = outcome.share
    letters = [Letter(reply=reply, to=to, card=card) for to, reply, card in public(share, talk.now)]
    end = press_button("end", words.end(), EndShare(share=share.id))
    until = times.moment(share.until, talk.zone, talk.now)
    return closed(talk, None, words.shared(share, until), end).with_letters(*letters)


def ended(talk: Talk, outcome: Outcome) -> Step:
    """Nobody can pick any more."""
    if not isinstance(outcome, ShareFound) or outcome.share is None:
        return say(talk, common.lost_card())
    share = outcome.share
    letters = [Letter(reply=reply, replaces=card.id) for _, reply, card in public(share, talk.now)]
    return closed(talk, None, words.ended()).with_letters(*letters)


def public(share: Share, now: datetime) -> tuple[tuple[Owner | None, Reply, Card], ...]:
    """The cards that others see: one for the place it is put up in, or one for each colleague it is for."""
    readers = share.audience or ("",)
    return tuple(
        (
            Owner(share.owner.enterprise, share.owner.team, member) if member else None,
            *drawn(share, f"{share.id}{number or ''}", now),
        )
        for number, member in enumerate(readers)
    )


def drawn(share: Share, card_id: str, now: datetime) -> tuple[Reply, Card]:
    """One of its cards as others see it."""
    zone = _zone(share)
    left = share.left(now) if share.is_open(now) else ()
    buttons = tuple(
        press_button(
            f"p{share.slots.index(slot)}", times.moment(slot.start, zone, now), PickTime(share=share.id, slot=slot)
        )
        for slot in left
    )
    rows = tuple((slot, times.stretch(slot, zone, now), "") for slot in left)
    text = words.public(share, times.moment(share.until, zone, now)) if left else words.over(share)
    parts = (
        common.heading(words.public_heading(share)),
        common.line(text),
        *((Moments(rows=rows),) if rows else ()),
        *((ButtonRow(buttons=buttons, title=words.in_zone(zone)),) if buttons else ()),
    )
    poster = Poster(id=card_id, owner=share.owner, asker=share.sharer, now=now, until=share.until, is_open=True)
    reply, card = poster.draw(text, parts)
    return replace(reply, shows=share), card


def _zone(share: Share) -> ZoneInfo:
    zone = find_zone(share.zone)
    if zone is None:
        raise ValueError(f"a share without a zone: {share.zone!r}")
    return zone
