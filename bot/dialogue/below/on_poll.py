"""Short texts below a poll that is not out yet, or below times that nobody may pick yet: «add wednesday 2pm», «without kim»,
«friday at 11 instead of 10», «until wednesday noon», «three are enough». What is named so changes; all else stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.families import TogetherRequest
from bot.dialogue.finding import propose
from bot.dialogue.request import revise
from bot.dialogue.request.people import excluded_in, is_same, people_in
from bot.dialogue.request.said import pick
from bot.dialogue.talk import go_on, say
from bot.dialogue.together.sharing import as_slots
from bot.dialogue.wording.together import polling as words
from bot.language.meaning import Intent, Open
from bot.language.signs import Cue
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from datetime import datetime

    from bot.dialogue.context import Decision
    from bot.dialogue.families import Request
    from bot.dialogue.talk import Talk
    from bot.language.meaning import Moment, Understanding

_OFFERS = frozenset({Intent.POLL, Intent.SHARE_TIMES, Intent.ASK_OTHER})
_CHANGES = frozenset(
    {
        Intent.OUT_OF_SCOPE,
        Intent.REFINE,
        Intent.SELECT,
        Intent.DENY,
        Intent.CANCEL,
        Intent.RESCHEDULE,
        Intent.ADD_GUESTS,
    }
    | {Intent.FIND_SLOTS, Intent.BOOK, Intent.MORE_OPTIONS, Intent.REMOVE_GUESTS, Intent.SHARE_TIMES, Intent.POLL}
)
"""What a change in few words is taken for by itself."""
_OUT = (Cue.WITHOUT, Cue.EXCEPT, Cue.CANCELS, Cue.ASKS_GUEST_OUT, Cue.NEGATED)
_MORE = (Cue.ALSO, Cue.GOES_ON, Cue.JOINS)
_ENDS = (Cue.UNTIL, Cue.OFF, Cue.CLOSES)


def on_poll(talk: Talk, u: Understanding, request: Request) -> Decision | None:
    """What such a text comes to; None for any other."""
    if not isinstance(request, TogetherRequest) or request.intent not in _OFFERS:
        return None
    if u.intent not in _CHANGES and not (request.is_done and u.has(Cue.OFF, Cue.CLOSES)):
        return None
    if request.is_done:
        return _on_posted(talk, u, request)
    return _changed(talk, u, request) if talk.conversation.card else None


def _on_posted(talk: Talk, u: Understanding, request: TogetherRequest) -> Decision | None:
    """Once it is out it is closed, and nothing else: «close it» leads there, a change is told so."""
    if request.intent is not Intent.POLL:
        return None
    if u.has(Cue.OFF, Cue.CLOSES) and not (u.moments or u.people or u.mentions):
        return go_on(talk, TogetherRequest(intent=Intent.SHOW_POLLS))
    return say(talk, words.is_out()) if _changed(talk, u, request) is not None else None


def _changed(talk: Talk, u: Understanding, request: TogetherRequest) -> Decision | None:
    if u.emails or u.recurrence is not None or u.has(Cue.STANDING, Cue.OWN_CALENDAR):
        return None
    if u.mentions or u.people or u.excluded_people:
        return _people_changed(talk, u, request)
    if request.intent is not Intent.POLL:
        offers = u.count or u.several
        is_count = offers is not None and offers > 0 and not u.moments
        return go_on(talk.noting(unread=""), replace(request, offers=offers)) if is_count else None
    if (until := _closing(talk, u)) is not None:
        return go_on(talk.noting(unread=""), replace(request, until=until))
    return _times_changed(talk, u, request)


def _people_changed(talk: Talk, u: Understanding, request: TogetherRequest) -> Decision | None:
    """«without kim», «omar too», «only dana»; whoever is not asked yet cannot be left out."""
    if u.moments or u.excluded:
        return None
    named = (*people_in(u, talk), *excluded_in(u, talk))
    there = [one for one in request.people if any(is_same(one, person) for person in named)]
    if u.has(*_OUT) or u.excluded_people:
        left = tuple(one for one in request.people if one not in there)
        if len(there) < len(named):
            return None
        return go_on(talk.noting(unread=""), replace(request, people=left)) if left else say(talk, words.whom())
    if u.has(Cue.ONLY) and len(there) == len(named):
        return go_on(talk.noting(unread=""), replace(request, people=tuple(there)))
    if there or not (u.has(*_MORE) or u.begins_with(Cue.AND)):
        return None
    return go_on(talk.noting(unread=""), replace(request, people=(*request.people, *named), outsiders=()))


def _closing(talk: Talk, u: Understanding) -> datetime | None:
    """When it is to close: «until wednesday noon», «close it thursday at 5»."""
    if len(u.moments) != 1 or not u.has(*_ENDS) or u.intent is Intent.CANCEL:
        return None
    (moment,) = u.moments
    if moment.open is not Open.BEFORE and not revise.says_clock(moment):
        return None
    windows = moment.windows(talk.today, talk.zone)
    at = windows[0].start if moment.open is None else windows[-1].end
    return at if at > talk.now else None


def _times_changed(talk: Talk, u: Understanding, request: TogetherRequest) -> Decision | None:
    """«add …», «not friday», «… instead of …», «drop the second one»."""
    starts = _asked_about(talk, request)
    takes_out = u.intent is Intent.CANCEL or u.has(Cue.WITHOUT)
    gone = (*u.excluded, *((u.from_moment,) if u.from_moment else ()), *(u.moments if takes_out else ()))
    new = () if takes_out else u.moments
    out = {start for moment in gone for start in starts if _is_then(talk, moment, start)}
    if not u.moments and (takes_out or u.has(Cue.ONLY)):
        picked = _numbered(u, starts)
        out |= picked if takes_out or not picked else {*starts} - picked
    if not out and not (new and (u.has(*_MORE) or u.begins_with(Cue.AND))):
        return None
    fresh = [window.start for window in propose.wish_of(replace(as_slots(request), moments=new), talk).windows]
    if new and not all(map(revise.is_point, new)):
        return say(talk, words.which_times())
    kept = sorted({*(start for start in starts if start not in out), *(fresh if new else ())})
    moments = tuple(revise.at_instant(start) for start in kept)
    return go_on(talk.noting(unread=""), replace(request, moments=moments, slots=(), excluded=()))


def _numbered(u: Understanding, starts: list[datetime]) -> set[datetime]:
    """«the second one», «the first two»: times by their place on the card."""
    if u.several:
        return {*(starts[u.several :] if u.several < 0 else starts[: u.several])}
    return {one for one in (pick(tuple(starts), u.choice or 0),) if one is not None} if u.choice else set()


def _asked_about(talk: Talk, request: TogetherRequest) -> list[datetime]:
    if request.slots:
        return [slot.start for slot in request.slots]
    return [window.start for window in propose.wish_of(as_slots(request), talk).windows]


def _is_then(talk: Talk, moment: Moment, start: datetime) -> bool:
    """Whether one of the times lies in what was said: a day, a clock, or both."""
    local = start.astimezone(talk.zone)
    hours = moment.hours
    if moment.says_day and moment.days is not None and not moment.days.first <= local.date() <= moment.days.last:
        return False
    if hours is None:
        return moment.says_day
    if hours.end is None and moment.open is None:
        return local.time() in {hours.start, hours.other}
    return any(window.start <= start < window.end for window in moment.windows(local.date(), talk.zone))
