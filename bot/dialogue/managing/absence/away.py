"""Out of office: set with its reason and who takes over, shown, taken away. Where a host has none, days are closed instead."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from bot.dialogue.acts import Facts, Found, Look, LookUp
from bot.dialogue.buttons import ButtonRow, keep_button, resume_button, write_button
from bot.dialogue.conversation import Doing
from bot.dialogue.managing.hours_said import days_said
from bot.dialogue.talk import Talk, do, say, show
from bot.dialogue.wording import common, times
from bot.dialogue.wording.standing import absence as words
from bot.language.meaning import Intent
from bot.language.signs import Cue
from bot.scheduling.hosting import Away, AwayReason, FeatureState
from bot.scheduling.hosting_writes import CreateAway, DeleteAway
from bot.scheduling.models import Schedule, Team
from bot.scheduling.replacing import replace
from bot.scheduling.times import Interval

if TYPE_CHECKING:
    from bot.dialogue.buttons import CardPart
    from bot.dialogue.context import Step
    from bot.dialogue.families import HoursRequest
    from bot.scheduling.models import Person

_REASONS = {
    Cue.SICK: AwayReason.SICK,
    Cue.PUBLIC_HOLIDAY: AwayReason.PUBLIC_HOLIDAY,
    Cue.VACATION: AwayReason.VACATION,
    Cue.ON_A_TRIP: AwayReason.TRAVEL,
}
"""The first that was said wins."""
_AWAY = frozenset({Cue.OUT_OF_OFFICE, Cue.STANDS_IN, *_REASONS})
_MOST_SHOWN = 8


def is_wanted(talk: Talk, request: HoursRequest) -> bool:
    """Whether whole days away are meant that the service may keep as such, in one run, or a question for them."""
    if request.intent is Intent.SHOW_AWAY:
        return True
    can = talk.context.capabilities
    has_clock = any(moment.hours is not None for moment in request.moments) or bool(request.excluded)
    said = request.intent is Intent.TIME_OFF and bool(request.cues & _AWAY)
    return said and not has_clock and not request.in_hours and can is not None and can.away


def look(talk: Talk, request: HoursRequest) -> Step:
    """Read what there is already; teams too, where somebody is to take over."""
    wants_teams = request.stand_in is not None
    return do(
        talk.asking(request), LookUp(what=Look.ABSENCE, argument="teams" if wants_teams else ""), Doing.READING_HOURS
    )


def has_none(outcome: Found) -> bool:
    """Whether the host said that it keeps no out of office."""
    return any(isinstance(value, FeatureState) for value in outcome.values)


def shown(talk: Talk, request: HoursRequest, outcome: Found) -> Step:
    """Days away to come, each with the button that takes it away."""
    if has_none(outcome):
        return _days_off(talk, request, outcome)
    aways = [one for one in outcome.values if isinstance(one, Away) and one.last >= talk.today]
    if not aways:
        return say(talk.asking(replace(request, is_done=True)), words.never_away(), is_personal=True)
    return _list(talk, request, aways, words.aways_text([words.away_line(one, talk.today) for one in aways]))


def offered(talk: Talk, request: HoursRequest, outcome: Found) -> Step:
    """The card for the days said."""
    days = sorted({day for day in days_said(request) if day >= talk.today})
    first, last = days[0], days[-1]
    aways = [one for one in outcome.values if isinstance(one, Away)]
    clash = [one for one in aways if one.first <= last and first <= one.last]
    if clash:
        return _list(talk, request, clash, words.away_already(words.away_line(clash[0], talk.today)))
    teams = tuple(value for value in outcome.values if isinstance(value, Team))
    stand_in = _stand_in(request, teams)
    if request.stand_in is not None and stand_in is None:
        talk = talk.leading(words.nobody_to_cover(request.stand_in.name, talk.service))
    reason = next((_REASONS[cue] for cue in _REASONS if cue in request.cues), AwayReason.UNSPECIFIED)
    write = CreateAway(first=first, last=last, reason=reason, stand_in=stand_in.id if stand_in else "")
    said = times.dates(days, talk.today)
    rows = (
        ("Days", f"{said} ({common.count((last - first).days + 1, 'day')})"),
        ("Reason", words.reason(reason)),
        ("Takes over", common.cut(stand_in.name) if stand_in else ""),
    )
    text = words.away_text(said, talk.service, stand_in=stand_in.name if stand_in else "")
    counted = _as_counted(write)
    caveat = words.whole_days(counted, talk.zone, talk.now, talk.service)
    is_same = not counted.start.astimezone(talk.zone).utcoffset()
    buttons = (
        write_button("away", "Set out of office", write),
        resume_button("hours", "Close the days in my hours instead", replace(request, in_hours=True)),
        keep_button("keep", "Keep"),
    )
    parts: tuple[CardPart, ...] = (
        common.heading("Set out of office?"),
        Facts(rows=tuple(row for row in rows if row[1])),
        common.line(text if is_same else f"{text} {caveat}"),
        ButtonRow(buttons=buttons),
    )
    return show(talk, request, text if is_same else f"{text} {caveat}", parts)


def instead(talk: Talk, request: HoursRequest) -> Talk:
    """What opens the card that closes the days in the hours, where the host has no out of office."""
    if not request.cues & _AWAY or request.in_hours:
        return talk
    talk = talk.leading(words.no_away_here(talk.service))
    return talk.leading(words.no_cover_in_hours(request.stand_in.name)) if request.stand_in is not None else talk


def _as_counted(write: CreateAway) -> Interval:
    return Interval(
        datetime.combine(write.first, time(0), tzinfo=UTC),
        datetime.combine(write.last + timedelta(days=1), time(0), tzinfo=UTC),
    )


def _stand_in(request: HoursRequest, teams: tuple[Team, ...]) -> Person | None:
    """The one member of the teams whose address or name is that of who was named."""
    wanted = request.stand_in
    if wanted is None:
        return None
    members = {member.id: member for team in teams for member in team.members if member.id}
    by_mail = [one for one in members.values() if wanted.email and one.email == wanted.email.lower()]
    named = wanted.name.casefold()
    by_name = [one for one in members.values() if named in {one.name.casefold(), *one.name.casefold().split()}]
    found = by_mail or by_name
    return found[0] if len(found) == 1 else None


def _list(talk: Talk, request: HoursRequest, aways: list[Away], text: str) -> Step:
    parts: list[CardPart] = [common.heading("Out of office")]
    for number, away in enumerate(sorted(aways, key=lambda one: one.first)[:_MOST_SHOWN], start=1):
        button = write_button(f"r{number}", "Remove out of office", DeleteAway(away=away.id, before=away))
        parts.append(ButtonRow(buttons=(button,), title=words.away_line(away, talk.today)))
    return show(talk, replace(request, is_done=True), text, tuple(parts))


def _days_off(talk: Talk, request: HoursRequest, outcome: Found) -> Step:
    schedules = [value for value in outcome.values if isinstance(value, Schedule)]
    days = sorted(
        {row.day for one in schedules for row in one.overrides if row.start is None and row.day >= talk.today}
    )
    done = talk.asking(replace(request, is_done=True))
    if not days:
        return say(done, words.never_away(), is_personal=True)
    told = [times.date_words(day, talk.today) for day in days[:31]]
    return say(done, words.days_off_text(told, talk.service), is_personal=True)
