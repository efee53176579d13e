"""One decision: a conversation and an act give the conversation as it is now, and one effect or one reply.

Theory of operation. A turn is read (`understand`) or decoded (a press), and becomes a `Request`: the wish with its fields.
`wishes.decide` hands the request to the handler of its intent. A handler answers, or asks the loop for one effect and
notes in `Conversation.doing` who takes the outcome, or has come to another request and says so (`GoOn`); everything it needs
stands in the request, so a handler that is entered again with the same request and fresh facts decides the same. Nothing is
remembered elsewhere.

    Said ───> read ──> wish under way? ──> ANSWERS (select, refine, yes, no, more, stop) ──┐
                └────> a wish of its own ───────────────────> fill ──> GoOn ──> wishes.decide ──> handler ──> reply
    Chose ──> pressing.press ──> Perform · GoOn · a form · kept                                   │ ▲
    Submitted ──> pressing.submit ──> GoOn                                                 effect ▼ │ outcome
                                                                            OUTCOMES[doing] <── the loop

What is not in a table is a bug of ours; it is answered in words all the same, because a person is waiting.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from bot.dialogue import answers, pressing, small_talk
from bot.dialogue.acts import (
    BookingsFound,
    Chose,
    Done,
    Failed,
    Found,
    Look,
    Opened,
    Performed,
    Pointed,
    Said,
    SlotsFound,
    Submitted,
    Wished,
)
from bot.dialogue.acts.together import Asked, PeopleFound, PollFound, ShareFound, TogetherFound
from bot.dialogue.below.afterwards import about_standing
from bot.dialogue.below.asked import asked_of_card, on_other_clock
from bot.dialogue.below.in_context import in_context
from bot.dialogue.below.interrupted import resumed, setting_aside
from bot.dialogue.below.on_question import WORDS, no_option
from bot.dialogue.below.postponing import PUTS_OFF, postponed
from bot.dialogue.below.reading import reference
from bot.dialogue.below.standing.on_stays import abroad, moves_home
from bot.dialogue.bookings import adjoining, asking, attending, listing, moving, several
from bot.dialogue.bookings.found import booking_matched, booking_read
from bot.dialogue.cannot import REMARKED, cannot, remarked
from bot.dialogue.context import GoOn
from bot.dialogue.conversation import Doing
from bot.dialogue.doubting import agreed, doubted, other_order
from bot.dialogue.families import (
    BookingRequest,
    FormRequest,
    LimitsRequest,
    MoveRequest,
    SlotRequest,
    UndoRequest,
    booking_of,
)
from bot.dialogue.finding import clock, hosts, looking, next_opening, pointing, routing, why_not
from bot.dialogue.managing import connecting, hours, posting, profile, reminding, webhooks
from bot.dialogue.outcomes import told
from bot.dialogue.outcomes.failing import failed
from bot.dialogue.request.beside import measured
from bot.dialogue.request.fill import fill, refill
from bot.dialogue.request.latent import edge_meant, rescued, says_when_beside
from bot.dialogue.request.people import only_told
from bot.dialogue.request.seeking import LOOKING, SEEKING
from bot.dialogue.request.spoken_of.following import AWAY, noted
from bot.dialogue.talk import Talk, go_on, say, silence
from bot.dialogue.together import consent, group, naming, pasting, picking, polling, sharing, standing
from bot.dialogue.wishes import decide
from bot.dialogue.wording import common
from bot.dialogue.wording import small_talk as doubt_words
from bot.language.meaning import Intent
from bot.language.signs import Cue
from bot.language.understand import understand
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.dialogue.acts import Outcome, Turn
    from bot.dialogue.context import Context, Decision, Step
    from bot.dialogue.conversation import Conversation
    from bot.dialogue.families import Request
    from bot.language.meaning import Understanding

_ANSWERS: Mapping[Intent, Callable[[Talk, Understanding], Decision]] = {
    Intent.SELECT: answers.select,
    Intent.REFINE: answers.refine,
    Intent.AFFIRM: answers.affirm,
    Intent.DENY: answers.deny,
    Intent.MORE_OPTIONS: answers.more,
    Intent.STOP: answers.stop,
}

_OUTCOMES: Mapping[Doing, Callable[[Talk, Outcome], Decision]] = {
    Doing.SEEKING: looking.slots_found,
    Doing.READING_PAGE: looking.page_found,
    Doing.MOVING: moving.slots_found,
    Doing.MOVING_SEVERAL: several.slots_found,
    Doing.ADJOINING: adjoining.found,
    Doing.MATCHING: booking_matched,
    Doing.REFRESHING: booking_read,
    Doing.LISTING: listing.listed,
    Doing.READING_PENDING: attending.pending_found,
    Doing.CHECKING_KEY: connecting.key_checked,
    Doing.CHECKING_CONNECTION: connecting.connection_found,
    Doing.CHOOSING_ACCOUNT: connecting.chosen,
    Doing.FORGETTING: connecting.forgotten,
    Doing.READING_HOURS: hours.hours_found,
    Doing.READING_WEBHOOKS: webhooks.webhooks_found,
    Doing.READING_ACCOUNT: profile.found,
    Doing.READING_DAY: why_not.day_found,
    Doing.READING_OF_BOOKING: asking.found,
    Doing.SEEKING_FIRST: next_opening.found,
    Doing.READING_FORMS: routing.forms_found,
    Doing.READING_SUBMISSIONS: routing.submissions_found,
    Doing.ROUTING: routing.routed,
    Doing.NAMING: naming.people_found,
    Doing.SEEKING_TOGETHER: group.together_found,
    Doing.READING_PREFERENCES: reminding.preferences_found,
    Doing.PREFERRING: reminding.preferred,
    Doing.POSTING: posting.posted,
    Doing.NEXT_TO_REMIND: reminding.next_found,
    Doing.REMINDING: reminding.reminded,
    Doing.TELLING_LATE: reminding.late_told,
    Doing.GRANTING: consent.granted,
    Doing.WITHDRAWING: consent.withdrawn,
    Doing.ASKING: consent.asked,
    Doing.REMEMBERING: consent.remembered,
    Doing.CHOOSING_TO_SHARE: sharing.chosen,
    Doing.SHARING: sharing.shared,
    Doing.PICKING: picking.share_found,
    Doing.ENDING_SHARE: sharing.ended,
    Doing.PASTING: pasting.found,
    Doing.CHOOSING_FOR_POLL: polling.chosen,
    Doing.POLLING: polling.posted,
    Doing.READING_STANDING: standing.found,
    Doing.VOTING: polling.voted,
    Doing.CLOSING_POLL: polling.finished,
}

_GIVES_REASON = frozenset({Intent.CANCEL, Intent.RESCHEDULE, Intent.DECLINE})
_MOST_REQUESTS = 8
"""How often one act may come to yet another request: many times what any does."""
_TELLS_LANGUAGE = 3
"""Words of a text from which on its language is the conversation's."""
_TOO_LONG = 4000
_SHORT_ENOUGH = 400
"""A longer text has too much left out to name it."""
_KEPT = frozenset({Intent.CANCEL, Intent.RESCHEDULE})
"""Wishes that «leave it» and «don't move it» take back."""
_DROPPED = frozenset({*_KEPT, Intent.BOOK, Intent.HOLD, Intent.TIME_OFF, Intent.SET_HOURS, Intent.FIND_SLOTS})
"""Wishes that «…, no, forget it» takes back."""
_TAKES_BACK = frozenset({Intent.CANCEL, Intent.UNDO})
_BY_SIGN = frozenset({Intent.AFFIRM, Intent.DENY})
"""What a thumb alone answers."""
_TALK = frozenset({Intent.OUT_OF_SCOPE, Intent.GREETING, Intent.HELP})


def advance(conversation: Conversation, act: Turn | Outcome, context: Context) -> Step:
    """Decide what an act means in a conversation. Pure, and never raises for any act."""
    return settle(_taken(Talk(conversation=conversation, context=context), act), context)


def settle(decision: Decision, context: Context) -> Step:
    """The decision carried on until it is an effect or a reply."""
    for _ in range(_MOST_REQUESTS):
        if not isinstance(decision, GoOn):
            return decision
        decision = decide(Talk(conversation=decision.conversation, context=context), decision.request)
    return say(Talk(conversation=decision.conversation, context=context), common.broken())


def _taken(talk: Talk, act: Turn | Outcome) -> Decision:
    match act:
        case Said():
            return _said(talk.fresh_turn(is_press=False), act)
        case Chose():
            if pressing.is_doubled(talk, act):
                return silence(talk)
            return pressing.press(talk.fresh_turn(is_press=True, pressed=(act.card, act.option)), act)
        case Submitted():
            return pressing.submit(talk.fresh_turn(is_press=True), act)
        case Opened():
            return silence(talk)
        case Wished():
            return go_on(talk.fresh_turn(is_press=False), act.request)
        case Pointed():
            return pointing.pointed_at(talk.fresh_turn(is_press=False), act, reference(talk))
        case Performed():
            return told.performed(talk, act)
        case Failed():
            return failed(talk, act)
        case SlotsFound() | BookingsFound() | Found() | Done():
            return _came(talk, act)
        case PeopleFound() | TogetherFound() | ShareFound() | PollFound() | Asked():
            return _came(talk, act)
        case _:
            assert_never(act)


def _said(talk: Talk, act: Said) -> Decision:
    if not act.is_addressed and talk.conversation.request is None and not talk.conversation.listed:
        return silence(talk)
    understanding = understand(act.text[:_TOO_LONG], reference(talk))
    if understanding.language != talk.conversation.language and understanding.size >= _TELLS_LANGUAGE:
        talk = talk.having(language=understanding.language)
    if understanding.size == 0 and small_talk.is_empty(understanding) and understanding.intent not in _BY_SIGN:
        return small_talk.nothing_said(talk) if act.is_addressed else silence(talk)
    is_thanks = understanding.has(Cue.THANKS) and small_talk.is_thanks(understanding)
    if is_thanks and not _answers_too(talk, understanding):
        return small_talk.thanks(talk) if act.is_addressed else silence(talk)
    if understanding.intent is Intent.GREETING and understanding.has(Cue.FAREWELL):
        return small_talk.goodbye(talk) if act.is_addressed else silence(talk)
    if not act.is_addressed and understanding.intent in _TALK:
        return silence(talk)
    return heard(talk, understanding)


def _answers_too(talk: Talk, u: Understanding) -> bool:
    """«no thanks», «thanks, but keep it» below an open card."""
    request = talk.conversation.request
    return request is not None and not request.is_done and u.has(Cue.NO, Cue.NEGATED, Cue.STAYS, Cue.YES)


def heard(talk: Talk, u: Understanding) -> Decision:
    """Decide what a text that has been read means here: an answer to what stands before it, or a wish of its own.

    Who is asked about it is told by its signs and by what stands before it; most texts have to do with few of them.
    """
    if talk.conversation.interrupted is not None:
        talk = resumed(talk, u)
    request = talk.conversation.request
    if u.intent in _TAKES_BACK and (decision := _at_once(talk, u, request)) is not None:
        return decision
    if talk.facts.asked and (answer := agreed(talk, u, talk.facts.asked)) is not None:
        return answer
    if (decision := about_standing(talk, u, request)) is not None:
        return decision
    u = in_context(u, talk, request)
    if u.has(*PUTS_OFF) and (later := postponed(talk, u)) is not None:
        return later
    if talk.conversation.offered and (edge := edge_meant(u)) and not says_when_beside(u):
        u = replace(u, choice=edge, intent=Intent.SELECT, moments=())
    elif request is not None and u.has(*AWAY) and (step := answers.shift(talk, u, request)) is not None:
        return step
    u = replace(u, intent=rescued(u, request))
    asks_clock = u.has(Cue.CONVERTS) or u.intent is Intent.TELL_TIME
    if asks_clock and (there := on_other_clock(talk, u) or clock.converted(talk, u)) is not None:
        return there
    if (objection := _objection(talk, u)) is not None:
        return objection
    if u.intent in SEEKING and u.has(*REMARKED):
        talk = remarked(talk, u)
    if u.told_only:
        talk = talk.leading(doubt_words.writes_to_nobody(only_told(u, talk)))
    if u.left_out or u.doubts:
        talk = talk.noting(unread=_left_out(u), other_order=other_order(u))
    if (decision := _beside_wishes(talk, u) or _answer(talk, u)) is not None:
        return decision
    wish = fill(u, talk)
    if isinstance(wish, SlotRequest | MoveRequest):
        wish = measured(u, talk, wish)
    return go_on(setting_aside(talk, u.intent), noted(wish, u) if isinstance(wish, MoveRequest) else wish)


def _objection(talk: Talk, u: Understanding) -> Decision | None:
    """Why nothing is to be done: it is to stay as it is, cannot be done, or has to be asked about first."""
    request = talk.conversation.request
    if u.intent in WORDS and (again := no_option(talk, u, request)) is not None:
        return again
    spares_one = bool(u.excluded_people and (u.people or u.emails or u.mentions))
    stays = u.has(Cue.STAYS) and u.has(Cue.NEGATED, Cue.CORRECTED) and not spares_one
    if stays and booking_of(request) is None and (u.intent in _KEPT or _leaves_alone(u, request)):
        return say(talk.asking(None), doubt_words.nothing_changes())
    if u.has(Cue.DROPPED) and u.intent in _DROPPED:
        return say(talk.asking(None), doubt_words.nothing_changes())
    return cannot(talk, u, request) or (doubted(talk, u, request) if u.doubts else None)


def _leaves_alone(u: Understanding, request: Request | None) -> bool:
    """«don't cancel lena», where no times are being chosen that she could be left out of."""
    is_choosing = isinstance(request, SlotRequest) and not request.is_done
    return u.intent is Intent.DENY and bool(u.people or u.emails or u.mentions) and not u.moments and not is_choosing


def _beside_wishes(talk: Talk, u: Understanding) -> Decision | None:
    """What is neither a wish nor an answer: a hold let go, a journey to another zone, somebody else's calendar."""
    request = talk.conversation.request
    if isinstance(request, SlotRequest) and u.has(Cue.RELEASE) and (request.hold or request.intent is Intent.HOLD):
        return answers.release(talk, request) if request.hold else answers.deny(talk, u)
    if u.has(Cue.RELEASE) and u.has(Cue.THE_HOLD) and not (u.people or u.moments):
        return go_on(talk, fill(replace(u, intent=Intent.SHOW_HOLDS), talk))
    there = (u.zone or u.there) if u.has(Cue.TRAVELS) else None
    if there and (journey := _abroad(talk, u, there)) is not None:
        return journey
    looks = u.intent in {Intent.LIST_BOOKINGS, Intent.FIND_SLOTS, Intent.OUT_OF_SCOPE}
    name = hosts.whose_calendar(u, talk) if looks and (u.whose or u.details) else ""
    return go_on(talk, hosts.page_request(u, talk, name)) if name else None


def _abroad(talk: Talk, u: Understanding, there: str) -> Decision | None:
    """What a journey to that zone comes to."""
    seeks = u.intent in SEEKING or (
        u.intent is Intent.OUT_OF_SCOPE and (u.has(Cue.ASKS_FREE, Cue.ANYTHING) or _is_for_somebody(u))
    )
    if (seeks or u.intent is Intent.RESCHEDULE) and len(u.moments) > 1:
        return go_on(talk, fill(abroad(u, there), talk))
    if u.intent is Intent.CHANGE_PROFILE:
        is_for_days = any(moment.days is not None for moment in u.moments)
        return moves_home(talk, u, there) if is_for_days else None
    stays = u.intent not in {*SEEKING, Intent.RESCHEDULE, Intent.CANCEL}
    return moves_home(talk, u, there) if stays else None


def _is_for_somebody(u: Understanding) -> bool:
    """«… back friday. book sam@acme.io thursday 9am»: an address and a clock are a wish."""
    return bool(u.emails or u.mentions) and any(moment.hours is not None for moment in u.moments)


def _answer(talk: Talk, u: Understanding) -> Decision | None:
    """An answer to what stands before it; None for a wish of its own."""
    request = talk.conversation.request
    if isinstance(request, FormRequest) and (more := routing.answered_by(u, request)) is not None:
        return go_on(talk.noting(unread=""), more)
    if isinstance(request, LimitsRequest) and not request.is_done and u.limits:
        return go_on(talk, refill(u, talk, request))
    if u.intent in _TALK and request is not None and not request.is_done and _is_missing_piece(u, request):
        return answers.refine(talk, u)
    if u.intent in _TALK and (shown := asked_of_card(talk, u, request)) is not None:
        return shown
    if u.intent is Intent.OUT_OF_SCOPE:
        return small_talk.out_of_scope(talk.noting(unread=""), u)
    picks = u.intent in SEEKING and u.choice is not None and not u.moments and bool(talk.conversation.offered)
    answer = answers.select if picks else _ANSWERS.get(u.intent)
    return answer(talk, u) if answer is not None else None


def _at_once(talk: Talk, u: Understanding, request: Request | None) -> Decision | None:
    """What is decided before anything else is looked at: taking back what was written, and a bare «cancel» below a card."""
    is_looking = isinstance(request, SlotRequest) and request.slot is None and request.hold is None
    is_reading = request is not None and request.intent in LOOKING
    takes_back = talk.conversation.undo is not None and (is_looking or is_reading)
    if u.intent is Intent.CANCEL and u.size == 1 and _can_be_dropped(talk, request):
        return answers.stop(talk, u)
    if u.intent is Intent.UNDO and (request is None or request.is_done or takes_back):
        return go_on(talk.noting(unread=""), talk.conversation.undo or UndoRequest())
    return None


def _can_be_dropped(talk: Talk, request: Request | None) -> bool:
    """Whether something is open that is no meeting: times, or a card of another kind."""
    if request is None or request.is_done or booking_of(request) is not None:
        return False
    return isinstance(request, SlotRequest) or (
        not isinstance(request, BookingRequest | MoveRequest) and bool(talk.conversation.card)
    )


def _is_missing_piece(u: Understanding, request: Request) -> bool:
    if u.reason and request.intent not in _GIVES_REASON:
        return bool(u.emails)
    return bool(u.emails or u.choice is not None or u.zone or u.reason)


def _left_out(u: Understanding) -> str:
    """What nobody read, worth saying back."""
    worth = [u.text[span.start : span.end] for span in u.left_out]
    return common.left_out(worth[:3]) if worth and len(u.text) <= _SHORT_ENOUGH else ""


def _came(talk: Talk, outcome: Outcome) -> Decision:
    """An outcome goes to who asked for it; what comes unasked tells by itself what it is about."""
    if isinstance(outcome, Found) and outcome.what is Look.CONNECTION:
        return connecting.connection_found(talk, outcome)
    handler = _OUTCOMES.get(talk.conversation.doing)
    return handler(talk, outcome) if handler is not None else say(talk, common.broken())
