"""What a text leaves open becomes a question: both readings as buttons that lead to a card, never a button that writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.buttons import ButtonRow, resume_button
from bot.dialogue.cards import DecideAnew
from bot.dialogue.families import MoveRequest, SlotRequest
from bot.dialogue.request import revise
from bot.dialogue.request.fill import fill, refill
from bot.dialogue.request.latent import as_answer
from bot.dialogue.request.said import pick, says_anything
from bot.dialogue.request.seeking import LOOKING
from bot.dialogue.talk import Talk, go_on, say, show
from bot.dialogue.wording import common, times
from bot.dialogue.wording import small_talk as words
from bot.language.meaning import DoubtKind, Intent, Keep
from bot.language.signs import Cue
from bot.scheduling.replacing import replace
from bot.scheduling.times import wall_to_instant

if TYPE_CHECKING:
    from datetime import timedelta

    from bot.dialogue.buttons import Button
    from bot.dialogue.context import Decision
    from bot.dialogue.families import Request
    from bot.language.meaning import Doubt, Moment, Understanding

_UNDOUBTED = frozenset(
    {Intent.OUT_OF_SCOPE, Intent.GREETING, Intent.HELP, Intent.STOP, Intent.AFFIRM, Intent.CONNECT, Intent.DISCONNECT}
)
_FOLLOWING = frozenset({Intent.REFINE, Intent.SELECT, Intent.DENY, Intent.MORE_OPTIONS})
_SEEKING = frozenset({Intent.BOOK, Intent.HOLD, Intent.FIND_SLOTS, Intent.REFINE})
_OF_ONE_DAY = frozenset(
    {Intent.BOOK, Intent.HOLD, Intent.REFINE, Intent.RESCHEDULE, Intent.CANCEL, Intent.TIME_OFF, Intent.SET_HOURS}
)
"""What is written for a day, so that it must be the one that was meant."""
_LONGEST = 60
_LEAP_DAY = (2, 29)


def doubted(talk: Talk, u: Understanding, request: Request | None) -> Decision | None:
    """The question that a text makes necessary; None for almost every text."""
    doubt = next((doubt for doubt in u.doubts if _is_to_ask(doubt, u)), None)
    u = _as_wish(u) if doubt is not None and doubt.kind is not DoubtKind.TOLD else u
    if doubt is None or u.intent in _UNDOUBTED:
        return None
    talk = talk.noting(unread="")
    said = common.cut(u.text[doubt.span.start : doubt.span.end], _LONGEST)
    match doubt.kind:
        case DoubtKind.CONTRADICTION:
            return _which_day(talk, u, request, doubt, words.contradiction(said, _named(talk, doubt)))
        case DoubtKind.NO_SUCH_DATE:
            return _which_day(talk, u, request, doubt, _no_such_date(talk, doubt, said))
        case DoubtKind.NO_SUCH_TIME:
            return _which_day(talk, u, request, doubt, words.no_such_time(said, has_day=bool(doubt.moments)))
        case DoubtKind.BACKWARD_RANGE:
            return _which_day(talk, u, request, doubt, words.backward(said))
        case DoubtKind.TWO_ORDERS:
            return None
        case DoubtKind.TWO_WEEKS:
            return _which_day(talk, u, request, doubt, words.two_weeks(said, _named(talk, doubt)))
        case DoubtKind.TWO_LENGTHS:
            return _which_length(talk, u, request, doubt, words.two_lengths(said))
        case DoubtKind.TWO_ACTS:
            return _which_act(talk, u)
        case DoubtKind.BROKEN_ADDRESS:
            return say(talk, words.broken_address(said))
        case DoubtKind.UNNAMED_GUEST:
            button = resume_button("go", words.without_them(), _meant(talk, u, request))
            return _ask(talk, request, words.unnamed_guest(said), (button,))
        case DoubtKind.TOLD | DoubtKind.QUOTED:
            text = words.only_told(said) if doubt.kind is DoubtKind.TOLD else words.only_quoted(said)
            button = resume_button("go", words.do_it(u.intent), _meant(talk, u, request))
            return _ask(talk, request, text, (button,))
        case DoubtKind.UNPLACED:
            return say(talk, words.unplaced(said, common.cut(u.text, _LONGEST)))
        case DoubtKind.OTHER_SCRIPT:
            return say(talk, words.other_script(said))
        case DoubtKind.UNREAD_THAT_MATTERS:
            return _unread(talk, u, request, doubt, said)


def _as_wish(u: Understanding) -> Understanding:
    """«are you able to put sam on …»: whom and when make it a wish."""
    is_wish = u.intent in _UNDOUBTED and u.moments and (u.people or u.emails or u.mentions)
    return replace(u, intent=Intent.BOOK) if is_wish else u


def _no_such_date(talk: Talk, doubt: Doubt, said: str) -> str:
    days = doubt.moments[0].days if doubt.moments else None
    if days is None:
        return words.no_such_date(said, "")
    beside = times.date_words(days.first, talk.today)
    is_leap_day = (days.first.month, days.first.day) == _LEAP_DAY
    return words.not_every_year(said, beside) if is_leap_day else words.no_such_date(said, beside)


def _is_to_ask(doubt: Doubt, u: Understanding) -> bool:
    """The other order of a date is a button; two lengths matter only where a meeting is sought."""
    if doubt.kind is DoubtKind.TWO_LENGTHS:
        return u.intent in _SEEKING
    if doubt.kind is DoubtKind.TWO_WEEKS:
        return u.intent in _OF_ONE_DAY
    if doubt.kind is DoubtKind.QUOTED:
        return u.intent not in {*LOOKING, *_FOLLOWING, Intent.FIND_SLOTS}
    return doubt.kind is not DoubtKind.TWO_ORDERS


def other_order(u: Understanding) -> tuple[Moment, ...]:
    """The times with a date in figures read the other way round; none where no date allows it."""
    doubt = next((one for one in u.doubts if one.kind is DoubtKind.TWO_ORDERS and len(one.moments) > 1), None)
    return _with_moment(u, doubt, doubt.moments[1]).moments if doubt is not None else ()


def _named(talk: Talk, doubt: Doubt) -> str:
    """«24 Nov is a Tuesday» in the words of the card: the readings one after the other."""
    return " or ".join(times.date_words(moment.days.first, talk.today) for moment in doubt.moments[:2] if moment.days)


def _ask(talk: Talk, request: Request | None, text: str, buttons: tuple[Button, ...]) -> Decision:
    if not buttons:
        return say(talk, text)
    asks = tuple(b.option.press.request for b in buttons if isinstance(b.option.press, DecideAnew))
    return show(talk.noting(asks=asks), request, text, (common.line(text), ButtonRow(buttons=buttons)))


_ACTS = (Cue.ASKS_LENGTH, Cue.LONGER_BY, Cue.SHORTER_BY, Cue.CANCELS, Cue.MOVES)


def agreed(talk: Talk, u: Understanding, asked: tuple[Request, ...]) -> Decision | None:
    """What is typed below such a question: yes, no, which of them, or a change. It leads to a card, so that it may be typed."""
    is_of_own = bool(u.people or u.emails or u.mentions) and u.has(*_ACTS)  # «make kim's call half an hour longer»
    if u.intent not in {Intent.AFFIRM, *_FOLLOWING} or is_of_own:
        return None
    talk, u = talk.noting(unread=""), as_answer(u)
    if says_anything(u):
        return go_on(talk, refill(u, talk, asked[0]))
    if u.choice is not None and (chosen := pick(asked, u.choice)) is not None:
        return go_on(talk, chosen)
    if u.intent is Intent.DENY:
        return say(talk, words.okay_not())
    if u.intent is not Intent.AFFIRM:
        return None
    return go_on(talk, asked[0]) if len(asked) == 1 else say(talk.noting(asks=asked), words.which_one())


def _meant(talk: Talk, u: Understanding, request: Request | None) -> Request:
    """The wish as it would be with one of the readings."""
    clear = replace(u, doubts=())
    return refill(clear, talk, request) if request is not None and u.intent in _FOLLOWING else fill(clear, talk)


def _which_day(talk: Talk, u: Understanding, request: Request | None, doubt: Doubt, text: str) -> Decision:
    wishes = [(moment, _meant(talk, _with_moment(u, doubt, moment), request)) for moment in doubt.moments[:3]]
    buttons = tuple(
        resume_button(f"d{number}", _label(talk, _with_its_clock(moment, wish)), wish)
        for number, (moment, wish) in enumerate(wishes, start=1)
    )
    return _ask(talk, request, text, buttons)


def _with_its_clock(moment: Moment, wish: Request) -> Moment:
    """The day with the clock time that the wish keeps for it."""
    said = wish.moments if isinstance(wish, SlotRequest | MoveRequest) else ()
    kept = next((one for one in said if one.days == moment.days and revise.is_point(one)), None)
    return kept if kept is not None and moment.hours is None else moment


def _with_moment(u: Understanding, doubt: Doubt, moment: Moment) -> Understanding:
    """The understanding with that reading in the place of the doubtful time."""
    kept = tuple(one for one in u.moments if not (one.span.start < doubt.span.end and doubt.span.start < one.span.end))
    hours = next((one for one in u.moments if one.hours is not None and one.days is None), None)
    if moment.hours is None and hours is not None:
        moment, kept = (
            replace(moment, hours=hours.hours, grain=hours.grain),
            tuple(one for one in kept if one is not hours),
        )
    return replace(u, moments=(moment, *kept), keeps=u.keeps - {Keep.DAY})


def _label(talk: Talk, moment: Moment) -> str:
    if moment.days is None:
        start = moment.hours.start if moment.hours is not None else None
        end = moment.hours.end if moment.hours is not None else None
        return (
            " – ".join(times.wall_clock(clock, talk.zone) for clock in (start, end) if clock is not None) or "This one"
        )
    day = times.date_words(moment.days.first, talk.today)
    if moment.days.last != moment.days.first:
        day = f"{day} – {times.date_words(moment.days.last, talk.today)}"
    if moment.hours is None or moment.hours.start is None:
        return day
    at = wall_to_instant(moment.days.first, moment.hours.start, talk.zone)
    return f"{day} {times.clock(at, talk.zone)}"


def _which_length(talk: Talk, u: Understanding, request: Request | None, doubt: Doubt, text: str) -> Decision:
    def meant(length: timedelta) -> Request:
        return _meant(talk, replace(u, length=length), request)

    buttons = tuple(
        resume_button(f"l{number}", times.length(length), meant(length))
        for number, length in enumerate(doubt.lengths, start=1)
    )
    return _ask(talk, request, text, buttons)


def _which_act(talk: Talk, u: Understanding) -> Decision:
    buttons = tuple(
        resume_button(f"a{number}", common.cut(words.first_act(part.text.strip(" ,.;")), 70), fill(part, talk))
        for number, part in enumerate(u.parts, start=1)
    )
    return _ask(talk, None, words.two_acts(), buttons)


def _unread(talk: Talk, u: Understanding, request: Request | None, doubt: Doubt, said: str) -> Decision:
    rest = common.cut(u.text[doubt.span.start :], _LONGEST)
    match doubt.cue:
        case Cue.CONDITION:
            button = resume_button("go", words.without_condition(), _meant(talk, u, request))
            return _ask(talk, request, words.condition(rest), (button,))
        case Cue.NEGATED:
            return say(talk, words.unread_not(rest))
        case Cue.BOUND | Cue.COMPARISON:
            return say(talk, words.unread_bound(rest))
        case _:
            return say(talk, words.unread_exception(rest or said))
