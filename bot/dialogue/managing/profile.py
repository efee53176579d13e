"""The account's profile, and lists of what is connected to it: teams, calendars, video apps, busy times, addresses."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.dialogue.acts import Facts, FormField, Found, Look, LookUp, Style
from bot.dialogue.buttons import ButtonRow, form_button, keep_button, write_button
from bot.dialogue.conversation import Doing
from bot.dialogue.families import ListRequest
from bot.dialogue.managing.holds import show_holds
from bot.dialogue.request.forms import one_field
from bot.dialogue.request.intervals import windows_of
from bot.dialogue.talk import Talk, do, say, show
from bot.dialogue.wording import account as words
from bot.dialogue.wording import booking as place_words
from bot.dialogue.wording import common, times
from bot.dialogue.wording import managing as managing_words
from bot.language.meaning import Intent
from bot.scheduling.models import BusyTime, Calendar, ConferencingApp, Hold, Place, Team
from bot.scheduling.replacing import replace
from bot.scheduling.times import Interval, find_zone
from bot.scheduling.writes import ChangeProfile

if TYPE_CHECKING:
    from bot.dialogue.acts import Outcome
    from bot.dialogue.context import Step
    from bot.dialogue.families import ProfileRequest

_LOOKS = {
    Intent.SHOW_TEAM: Look.TEAMS,
    Intent.SHOW_CALENDARS: Look.CALENDARS,
    Intent.SHOW_CONFERENCING: Look.CONFERENCING,
    Intent.SHOW_EMAILS: Look.EMAILS,
    Intent.SHOW_HOLDS: Look.HOLDS,
}
_LONGEST_BUSY = timedelta(days=14)
_MOST_LINES = 25


def change_profile(talk: Talk, request: ProfileRequest) -> Step:
    """A card for another name or zone in the account's profile."""
    profile = talk.context.profile
    if talk.context.capabilities is None or not talk.context.capabilities.manages_profile or profile is None:
        return say(talk, managing_words.no_profile_here(talk.service))
    typed = find_zone(request.typed_zone)
    zone = str(typed) if typed else request.zone or ""
    name = request.name.strip()
    changes = (
        ("Zone", f"{times.place(profile.zone)} → {times.place(zone)}" if zone and zone != profile.zone else ""),
        ("Name", f"{common.cut(profile.name)} → {common.cut(name)}" if name and name != profile.name else ""),
    )
    rows = tuple(row for row in changes if row[1])
    if not rows:
        if zone or name:
            return say(talk.asking(None), managing_words.no_change("Your profile"), is_personal=True)
        field = FormField(name="zone", label="Zone", hint="For example Europe/Lisbon", value=profile.zone)
        button = form_button("edit", "Add details", one_field("Profile", field), request, style=Style.PRIMARY)
        return show(
            talk,
            request,
            managing_words.what_profile(),
            (common.line(managing_words.what_profile()), ButtonRow(buttons=(button,))),
        )
    write = ChangeProfile(
        before=talk.context.profile,
        name=name if name and name != profile.name else None,
        zone=zone if zone and zone != profile.zone else None,
    )
    text = managing_words.change_profile([f"{label.lower()} {change}" for label, change in rows])
    buttons = (write_button("change", "Change", write), keep_button("keep", "Keep"))
    return show(
        talk, request, text, (common.heading("Change your profile?"), Facts(rows=rows), ButtonRow(buttons=buttons))
    )


def look(talk: Talk, request: ListRequest) -> Step:
    """Read what a list shows."""
    if request.intent is Intent.SHOW_BUSY:
        window = _window(talk, request)
        return do(
            talk.asking(request), LookUp(what=Look.BUSY, argument=str(talk.zone), window=window), Doing.READING_ACCOUNT
        )
    if request.intent is Intent.SHOW_TEAM and not (talk.context.capabilities and talk.context.capabilities.teams):
        return say(talk, words.no_teams_here(talk.service))
    return do(talk.asking(request), LookUp(what=_LOOKS[request.intent]), Doing.READING_ACCOUNT)


def found(talk: Talk, outcome: Outcome) -> Step:
    """The list."""
    request = talk.conversation.request
    if not isinstance(request, ListRequest) or not isinstance(outcome, Found):
        return say(talk, common.broken())
    if outcome.what is Look.HOLDS:
        return show_holds(talk, request, tuple(one for one in outcome.values if isinstance(one, Hold)))
    head, lines = _lines(talk, request, outcome)
    text = f"{head} {'; '.join(lines)}{'.' if lines else ''}".strip()
    parts = (common.heading(head.rstrip(":.")), common.line("\n".join(lines))) if lines else (common.line(head),)
    return show(talk, replace(request, is_done=True), text, parts, is_live=False)


def _lines(talk: Talk, request: ListRequest, outcome: Found) -> tuple[str, list[str]]:
    values = outcome.values[:_MOST_LINES]
    match outcome.what:
        case Look.TEAMS:
            lines = [words.team_line(team) for team in values if isinstance(team, Team)]
            own = [kind.title for kind in talk.context.event_types if kind.team]
            return (
                ("Teams:", [*lines, *([words.team_types(own).rstrip(".")] if own else [])])
                if lines
                else (words.no_teams(), [])
            )
        case Look.CALENDARS:
            lines = [words.calendar_line(one) for one in values if isinstance(one, Calendar)]
            return ("Calendars:", lines) if lines else (words.no_calendars(talk.service), [])
        case Look.CONFERENCING:
            lines = [words.conferencing_line(one) for one in values if isinstance(one, ConferencingApp)]
            places = [place_words.place(one) for one in values if isinstance(one, Place)]
            if places:
                return words.places_heading(), places
            return ("Video apps:", lines) if lines else (words.no_conferencing(talk.service), [])
        case Look.EMAILS:
            return words.emails_text([one for one in values if isinstance(one, str)]), []
        case _:
            window = _window(talk, request)
            last = window.end - timedelta(seconds=1)
            days = sorted({window.start.astimezone(talk.zone).date(), last.astimezone(talk.zone).date()})
            when = f"{'from' if len(days) > 1 else 'on'} {times.days(days, talk.today)}"
            lines = [words.busy_line(one, talk.zone, talk.now) for one in values if isinstance(one, BusyTime)]
            return (
                (words.busy_text(len(outcome.values), when, talk.zone), lines) if lines else (words.not_busy(when), [])
            )


def _window(talk: Talk, request: ListRequest) -> Interval:
    """The time asked about; the next seven days when none was named."""
    ahead = [window for window in windows_of(request.moments, talk, talk.zone) if window.end > talk.now]
    if not ahead:
        return Interval(talk.now, talk.now + timedelta(days=7))
    start = max(min(window.start for window in ahead), talk.now)
    return Interval(start, min(max(window.end for window in ahead), start + _LONGEST_BUSY))
