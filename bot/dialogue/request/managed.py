"""What a text says for a wish about the account: each family takes the details that it has fields for."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING, assert_never

from bot.dialogue.families import (
    EventTypeRequest,
    FormRequest,
    HoursRequest,
    LimitsRequest,
    ListRequest,
    ProfileRequest,
    ReminderRequest,
    TimeRequest,
    WebhookRequest,
    booking_of,
)
from bot.dialogue.request import revise
from bot.dialogue.request.people import measured_from, people_in
from bot.dialogue.request.said import is_recent
from bot.dialogue.request.seeking import goes_on
from bot.language.meaning import Days, Grain, Hours, Intent, Moment, Open, Span
from bot.language.signs import Cue
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from bot.dialogue.talk import Talk
    from bot.language.meaning import Understanding
    from bot.scheduling.models import Booking

Managing = (
    EventTypeRequest
    | HoursRequest
    | WebhookRequest
    | ProfileRequest
    | LimitsRequest
    | TimeRequest
    | ListRequest
    | ReminderRequest
)
_WHOLE = frozenset((Intent.SET_HOURS, Intent.TIME_OFF, Intent.BLOCK_TIME))
"""Wishes about hours that say which: nothing of an earlier one counts then."""
_AWAY = frozenset((Intent.TIME_OFF, Intent.BLOCK_TIME))
_WEEK = timedelta(days=7)
_HIDDEN = {"yes": True, "no": False}


def managed(understanding: Understanding, talk: Talk, request: Managing) -> Managing:
    """The wish with what the text says of it."""
    u = understanding
    match request:
        case EventTypeRequest():
            return _event_type(u, talk, request)
        case HoursRequest():
            return _hours(u, talk, request)
        case WebhookRequest():
            return replace(
                request,
                asked_at=talk.now,
                url=u.detail("url") or request.url,
                triggers=u.detail("triggers") or request.triggers,
                channel=u.detail("channel") or request.channel,
                event_type=_titled(u, talk) or request.event_type,
            )
        case ProfileRequest():
            name = u.detail("new_name") or u.detail("name") or request.name
            zone = u.zone or request.zone
            return replace(request, asked_at=talk.now, name=name, zone=zone)
        case ReminderRequest():
            return _reminder(u, talk, request)
        case ListRequest():
            return replace(request, asked_at=talk.now, moments=u.moments or request.moments)
        case LimitsRequest():
            return replace(
                request,
                asked_at=talk.now,
                limits=u.limits or (() if _says_other_things(u) else request.limits),
                event_type=_titled(u, talk) or request.event_type or _limited_before(u, talk, request),
                wanted=u.named_type or request.wanted,
                unmade=_unmade(u, talk, request),
            )
        case TimeRequest():
            place = u.zone or u.there or u.detail("zone")
            is_of_clock = any(one.zone == place for one in u.moments)  # «what's 9am berlin for omar»
            people = people_in(u, talk) if request.intent is Intent.TELL_TIME and (not place or is_of_clock) else ()
            return replace(
                request,
                asked_at=talk.now,
                moments=(revise.in_zone(u.moments, place or talk.zone.key) if people else u.moments) or request.moments,
                event_type=_titled(u, talk) or request.event_type,
                zone=place or request.zone,
                people=people,
            )
        case _:
            assert_never(request)


def _reminder(u: Understanding, talk: Talk, request: ReminderRequest) -> ReminderRequest:
    """What is told by itself, as the text says it."""
    ahead = u.sign(
        Cue.EARLIER, Cue.BEFORE_WHOM
    )  # «15 minutes before each»: how far in front of a meeting, not its length
    u, gone = _without_yesterday(u, talk)
    is_of_day = u.intent is Intent.REMIND and u.recurrence is None and any(one.says_day for one in u.moments)
    named = (*people_in(u, talk), *measured_from(u, talk))
    whose = next(iter(named), None) if u.intent is Intent.REMIND else None
    is_of_one = u.has(Cue.NEXT) or whose is not None or is_of_day
    leaves_others = is_of_one and u.has(Cue.THE_OTHERS)  # «… the one with omar, not the others»
    is_off = u.has(Cue.NEGATED, Cue.CANCELS, Cue.TAKES_BACK, Cue.ENDS) and not leaves_others
    is_open = not (is_of_one or is_off) and _names_no_booking(u)
    return replace(
        request,
        asked_at=talk.now,
        whose=whose,
        is_open=is_open,
        booking=_booking_before(talk) if is_open else None,
        moments=u.moments or request.moments,
        hour=u.bare.number if u.bare is not None and not u.moments else request.hour,
        settings=_settings(u) if u.intent is Intent.SHOW_SETTINGS else request.settings,
        recurrence=u.recurrence or request.recurrence,
        before=u.length or (ahead.amount if ahead is not None else None) or gone or _days_ahead(u) or request.before,
        channel=u.detail("channel") or request.channel,
        is_once=is_of_one and (leaves_others or not u.has(Cue.EACH, Cue.ALL)),
        is_off=is_off,
    )


def _without_yesterday(u: Understanding, talk: Talk) -> tuple[Understanding, timedelta | None]:
    """«remind me the day before the meeting»: a day that is over by itself says how far in front."""
    days = [one.days.last for one in u.moments if one.days is not None]
    if u.intent is not Intent.REMIND or len(days) != 1 or days[0] >= talk.today:
        return u, None
    return replace(u, moments=()), talk.today - days[0]


_OF_MEETINGS = (Cue.EACH, Cue.ALL, Cue.OWN_CALENDAR, Cue.MEETINGS, Cue.STANDING, Cue.RECURRING)


def _names_no_booking(u: Understanding) -> bool:
    """«remind me an hour before», «… an hour before it»: how long before, and of nothing."""
    is_bare = not (u.moments or u.recurrence or u.people or u.emails or u.mentions)
    says_before = (u.length is not None and not u.loose) or u.has(Cue.BEFORE_THAT, Cue.EARLIER)
    return u.intent is Intent.REMIND and is_bare and says_before and not u.has(*_OF_MEETINGS)


def _booking_before(talk: Talk) -> Booking | None:
    """The meeting ahead that was made, moved or shown right before."""
    listed = talk.conversation.listed
    spoken = booking_of(talk.conversation.request) or (listed[0] if len(listed) == 1 else None)
    return spoken if spoken is not None and spoken.slot.start > talk.now else None


def _days_ahead(u: Understanding) -> timedelta | None:
    """«the day before», «an hour before»: how far in front of a meeting."""
    sign = u.sign(Cue.BEFORE_THAT)
    if sign is None:
        return None
    return sign.amount or {Grain.DAY: timedelta(days=1), Grain.WEEK: timedelta(days=7)}.get(sign.grain or Grain.HOUR)


def _event_type(u: Understanding, talk: Talk, request: EventTypeRequest) -> EventTypeRequest:
    return replace(
        request,
        asked_at=talk.now,
        event_type=_titled(u, talk) or request.event_type or _spoken_of(u, talk, request),
        place=u.place or request.place,
        count=u.count or request.count,
        moments=u.moments or request.moments,
        name=u.detail("name") or request.name,
        new_name=u.detail("new_name") or request.new_name,
        length=u.length or request.length,
        hidden=_hidden(u, request),
        topic=u.topic or request.topic,
        wanted=u.named_type or request.wanted,
        person=next(iter(people_in(u, talk)), None) or request.person,
    )


_PAIR = 2
_FEW = 6
"""Words of a text that may go on from the type spoken of; «nobody books me more than six weeks ahead» is of all."""
_OF_ONE = frozenset((Intent.CHANGE_EVENT_TYPE, Intent.DELETE_EVENT_TYPE, Intent.CREATE_LINK))


def _spoken_of(u: Understanding, talk: Talk, request: EventTypeRequest) -> str | None:
    """The type that was made or changed just now, where none is named: «send me its link»."""
    old = talk.conversation.request
    if not isinstance(old, EventTypeRequest) or request.intent not in _OF_ONE or not is_recent(old, talk):
        return None
    if old is request or u.named_type or u.detail("name") or request.name or request.wanted:
        return None
    return old.event_type or _made(talk, old)


def _made(talk: Talk, old: EventTypeRequest) -> str | None:
    """The type of the name that a wish gave."""
    title = (old.new_name or old.name or old.topic).strip().casefold()
    return next((kind.id for kind in talk.context.event_types if kind.title.casefold() == title), None)


def _limited_before(u: Understanding, talk: Talk, request: LimitsRequest) -> str | None:
    """«max 4 a day», «and 24 hours notice» right after a type was made, changed or limited: that one."""
    old = talk.conversation.request
    if old is request or not _names_no_type(u, request) or not isinstance(old, EventTypeRequest | LimitsRequest):
        return None
    if not is_recent(old, talk):
        return None
    made = _made(talk, old) if isinstance(old, EventTypeRequest) else None
    return old.event_type or made


def _unmade(u: Understanding, talk: Talk, request: LimitsRequest) -> bool:
    """Whether it is said below the card of an event type that is still to be made."""
    old = talk.conversation.request
    is_new = isinstance(old, EventTypeRequest) and old.intent is Intent.CREATE_EVENT_TYPE and not old.is_done
    return is_new and _names_no_type(u, request) and old is not None and is_recent(old, talk)


def _names_no_type(u: Understanding, request: LimitsRequest) -> bool:
    """Whether neither a type nor all of them are named: «at most 4 meetings a day» are those of all types."""
    if u.event_type or u.named_type or request.event_type or request.wanted or u.has(Cue.ALL, Cue.EACH):
        return False
    return u.has(Cue.FOLLOWS) or (u.size <= _FEW and not u.has(Cue.OWN_CALENDAR))


def _hours(u: Understanding, talk: Talk, request: HoursRequest) -> HoursRequest:
    is_whole = u.intent in _WHOLE and bool(u.moments or u.weekdays or u.stretches)
    says_hours = any(moment.hours is not None for moment in u.moments)
    return replace(
        request,
        asked_at=talk.now,
        schedule=u.detail("schedule") or request.schedule,
        name=u.detail("name") or request.name,
        moments=_off(u, talk, request) or u.moments or u.excluded or request.moments,
        excluded=u.excluded if u.moments else request.excluded,
        recurrence=u.recurrence or (None if is_whole else request.recurrence),
        zone=u.zone or request.zone,
        topic=u.topic or request.topic,
        weekdays=tuple(dict.fromkeys(said.day for said in u.weekdays)) or (() if is_whole else request.weekdays),
        weekdays_out=u.weekdays_out or (() if is_whole else request.weekdays_out),
        stretches=_stretches(u) or (() if is_whole or says_hours else request.stretches),
        week=u.week if u.stretches or says_hours else request.week,
        only_on=_dates_alone(u) or request.only_on,
        cues=frozenset(sign.cue for sign in u.cues),
        loose=u.loose,
        stand_in=next(iter(people_in(u, talk)), None) if u.has(Cue.STANDS_IN) else request.stand_in,
    )


def _dates_alone(u: Understanding) -> tuple[Moment, ...]:
    """«close friday and open saturday 10 to 2»: those dates, where nothing says every week."""
    weekdays = {day for one in u.week for day in one.weekdays}.union(u.weekdays_out)
    is_few = bool(u.week and u.weekdays_out) and len(weekdays) <= _PAIR  # five weekdays are a week of work
    is_dated = is_few and not u.excluded and u.recurrence is None and not u.has(Cue.RECURRING)
    return tuple(one for one in u.moments if one.days is not None and one.says_day) if is_dated else ()


def _off(u: Understanding, talk: Talk, request: HoursRequest) -> tuple[Moment, ...]:
    """Below «i'm off friday»: «thursday too» is another day, «only the afternoon» and «until noon» are hours of that one,
    «the whole week» is its week. Nothing for all else.
    """
    days = [moment.days for moment in request.moments if moment.days is not None]
    if request.intent not in _AWAY or u.intent in _WHOLE or not days:
        return ()
    if not u.moments:
        return (_week_of(days[0], talk),) if u.length == _WEEK and u.has(Cue.ALL) else ()
    opens = u.begins_with(Cue.AND)
    if u.has(Cue.ALSO) or opens or goes_on(replace(u, moments=())):
        more = (
            u.moments if u.has(Cue.SOON, Cue.ONE_DATE) else tuple(_not_today(days[0], one, talk) for one in u.moments)
        )
        return (*request.moments, *(_whole(one) if u.has(Cue.ALL) else one for one in more))
    if (parted := _part_of_one(u, request.moments) or _other_edge(u, request.moments)) is not None:
        return parted
    if u.has(Cue.NO, Cue.CORRECTED, Cue.INSTEAD) and u.weekdays and not u.has(Cue.SOON, Cue.ONE_DATE):
        return tuple(_in_week_of(days[0], one) for one in u.moments)
    return revise.merge(request.moments, u.moments, day=None, keeps_zone=True)


def _not_today(first: Days, moment: Moment, talk: Talk) -> Moment:
    """«and monday morning» below a day to come, said on a monday: the next one."""
    days = moment.days
    if days is None or days.first != talk.today or first.first <= talk.today or not moment.rule.startswith("weekday"):
        return moment
    return replace(moment, days=replace(days, first=days.first + _WEEK, last=days.last + _WEEK))


def _part_of_one(u: Understanding, old: tuple[Moment, ...]) -> tuple[Moment, ...] | None:
    """«monday only the morning» below «friday and monday»: hours of that one of them."""
    only = u.moments[0] if len(u.moments) == 1 else None
    if only is None or only.hours is None or len(u.weekdays) != 1 or len(old) == 1 or u.has(Cue.SOON, Cue.ONE_DATE):
        return None
    days = [one.days for one in old if one.days is not None and one.days.first == one.days.last]
    fits = [one for one in days if one.first.weekday() == u.weekdays[0].day]
    if len(fits) != 1:
        return None
    return tuple(replace(only, days=one.days) if one.days == fits[0] else _whole(one) for one in old)


def _other_edge(u: Understanding, old: tuple[Moment, ...]) -> tuple[Moment, ...] | None:
    """«till 5» below «friday 2 to 4», «till 4» below «friday from 2»: the hours that were said, with another end."""
    new, was = (u.moments[0], old[0]) if len(u.moments) == len(old) == 1 else (None, None)
    if new is None or was is None or new.says_day or new.hours is None or was.hours is None:
        return None
    start, end = was.hours.start, was.hours.end
    if start is None or new.hours.name or was.hours.name or was.is_through:
        return None
    if new.open is Open.BEFORE and new.hours.end is not None and new.hours.end > start:
        return (replace(was, hours=replace(was.hours, end=new.hours.end, other=None), open=None),)
    is_later = new.open is Open.AFTER and new.hours.start is not None and end is not None and new.hours.start < end
    return (replace(was, hours=replace(was.hours, start=new.hours.start, other=None)),) if is_later else None


def _whole(moment: Moment) -> Moment:
    """«and friday all day»: the day from its beginning to its end, whatever hours were said of another."""
    return moment if moment.hours is not None else replace(moment, hours=Hours(start=time(0), end=time(0)))


def _in_week_of(days: Days, moment: Moment) -> Moment:
    """«no, thursday» below a day of a later week: the Thursday of that week."""
    if moment.days is None or moment.days.first != moment.days.last or moment.days.first >= days.first:
        return moment
    monday = days.first - timedelta(days=days.first.weekday())
    day = monday + timedelta(days=moment.days.first.weekday())
    return replace(moment, days=replace(moment.days, first=day, last=day))


def _week_of(days: Days, talk: Talk) -> Moment:
    monday = days.first - timedelta(days=days.first.weekday())
    week = Days(first=max(monday, talk.today), last=monday + timedelta(days=6), grain=Grain.WEEK)
    return Moment(span=Span(0, 0), grain=Grain.WEEK, days=week)


def _stretches(u: Understanding) -> tuple[tuple[time, time], ...]:
    """The stretches of the day, without those that are left out («9 to 5 except 12 to 1»)."""
    gone = {(one.hours.start, one.hours.end) for one in u.excluded if one.hours is not None} if u.moments else set()
    return tuple(one for one in u.stretches if one not in gone)


def _settings(u: Understanding) -> tuple[tuple[str, str], ...]:
    """The clock and the week's first day, as the form of all settings names them."""
    clock = (("clock", u.detail("clock")),) if u.detail("clock") else ()
    week = (("week", str(u.weekdays[0].day)),) if len(u.weekdays) == 1 else ()
    return (*clock, *week)


def _hidden(u: Understanding, request: EventTypeRequest) -> bool | None:
    said = _HIDDEN.get(u.detail("hidden"), request.hidden)
    if said is None and request.intent is Intent.CREATE_EVENT_TYPE:
        return True if u.has(Cue.HIDDEN) else None
    if said is not None or request.intent is not Intent.CHANGE_EVENT_TYPE or u.length or u.detail("new_name"):
        return said
    nos = {sign.span for sign in u.cues if sign.cue is Cue.NO}  # «no, deep dive» says which, and hides nothing
    is_not = any(sign.cue is Cue.NEGATED and sign.span not in nos for sign in u.cues)
    if is_not or u.has(Cue.HIDDEN, Cue.CLOSES):
        return True
    return False if u.has(Cue.SHOWN) else None


def _says_other_things(u: Understanding) -> bool:
    """Whether a follow-up holds something that no limit was read from: then the one before is not meant for what it names."""
    return bool(u.left_out or u.recurrence or u.length or u.moments or u.unread)


def _titled(u: Understanding, talk: Talk) -> str | None:
    """The event type that was named by its title."""
    return next((kind.id for kind in talk.context.event_types if kind.title == u.event_type), None)


def of_form(u: Understanding, talk: Talk, request: FormRequest) -> FormRequest:
    """A wish about a routing form, with what the text says of it. Another form that is named asks its own questions."""
    named = u.detail("form")
    if named and named != request.named:
        request = replace(request, form=None, answers=())
    people = people_in(u, talk)
    return replace(
        request,
        asked_at=talk.now,
        named=named or request.named,
        loose=(*request.loose, *u.loose),
        amount=u.detail("form_amount") or request.amount,
        attendee=people[0] if people else request.attendee,
        moments=u.moments or request.moments,
        zone=u.zone or request.zone,
    )
