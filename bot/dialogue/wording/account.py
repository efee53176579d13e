"""Sentences about what an account is joined to: teams, calendars, apps, links, webhooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.wording import times
from bot.dialogue.wording.common import count, cut, listed
from bot.dialogue.wording.managing import cannot, until_press

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, timedelta
    from zoneinfo import ZoneInfo

    from bot.scheduling.models import BusyTime, Calendar, ConferencingApp, EventType, Team, Webhook


# lists


def team_line(team: Team) -> str:
    members = [f"{cut(member.name)}{f' ({member.email})' if member.email else ''}" for member in team.members[:15]]
    whose = f": {listed(members)}" if members else ""
    role = f", your role is {cut(team.role)}" if team.role else ""
    return f"{cut(team.name)}{role}{whose}"


def no_teams() -> str:
    return "Your account belongs to no team."


def team_types(titles: Sequence[str]) -> str:
    return f"Team types you can book: {listed([cut(title) for title in titles])}."


def calendar_line(calendar: Calendar) -> str:
    marks = [
        "primary" if calendar.is_primary else "",
        "checked for conflicts" if calendar.is_selected else "not checked",
        "read-only" if calendar.is_read_only else "",
        f"error: {cut(calendar.error)}" if calendar.error else "",
    ]
    return f"{cut(calendar.name)} ({cut(calendar.integration.replace('_', ' '))}): {', '.join(mark for mark in marks if mark)}"


def no_calendars(service: str) -> str:
    return f"No calendar is connected in {service}; connect one there so that busy times are known."


def conferencing_line(app: ConferencingApp) -> str:
    name = app.slug.replace("-", " ").replace("_", " ").title()
    return f"{name}{' (default)' if app.is_default else ''}{': needs to be connected again' if app.is_invalid else ''}"


def places_heading() -> str:
    return "Places that you can offer:"


def no_conferencing(service: str) -> str:
    return f"No video app is connected in {service}."


def busy_line(busy: BusyTime, zone: ZoneInfo, now: datetime) -> str:
    start, end = busy.interval.start, busy.interval.end
    same = start.astimezone(zone).date() == end.astimezone(zone).date()
    last = times.clock(end, zone) if same else times.moment(end, zone, now)
    return f"{times.moment(start, zone, now)}–{last}"


def busy_text(number: int, when: str, zone: ZoneInfo) -> str:
    return f"{count(number, 'busy stretch', 'busy stretches')} {when}, {times.place(zone)} time:"


def not_busy(when: str) -> str:
    return f"Nothing is marked busy {when}."


def emails_text(emails: Sequence[str]) -> str:
    return (
        f"Verified addresses: {listed(list(emails))}." if emails else "No address is verified beside the account's own."
    )


def which_link() -> str:
    return "Which link: the one to join your next meeting, or that of a booking page?"


def link_of_next() -> str:
    return "Link of my next meeting"


def links_of_types() -> str:
    return "Links of my event types"


def link_text(kind: EventType, uses: int | None = 1, until: str = "", terms: Sequence[str] = ()) -> str:
    if terms:
        own = f"with terms of its own: {listed(list(terms))}"
        return f"Make a single-use link for {cut(kind.title)}, {own}? {until_press('Make link')}"
    if until:
        return f"Make a link for {cut(kind.title)} that works until {until}? {until_press('Make link')}"
    if uses is not None and uses > 1:
        return f"Make a link for {cut(kind.title)} that books {uses} times? {until_press('Make link')}"
    return f"Make a single-use link for {cut(kind.title)}? Whoever has it can book once. {until_press('Make link')}"


def link_title(title: str) -> str:
    return f"called {cut(title)}"


def link_days(days: str) -> str:
    return f"on {days}"


def link_keeps_length(service: str) -> str:
    return f"A link of {service} has the length of its event type."


def one_off_title(who: str) -> str:
    return f"Meeting with {cut(who)}" if who else "One-off meeting"


def one_off_heading() -> str:
    return "Make a one-off event type?"


def one_off_text(title: str, length: timedelta, days: str) -> str:
    return (
        f"Make the one-off event type {cut(title)} ({times.length(length)}), bookable on {days} only? "
        f"{until_press('Make it')}"
    )


def one_off_made(title: str) -> str:
    return f"Made: {cut(title)}. Whoever has its link can book one of those days."


def which_days() -> str:
    return "On which days? Say for example «make a one-off for jo, 45 minutes, 9 to 11 march»."


def no_one_off(service: str) -> str:
    return f"{service} has no one-off event types; a link that ends with the last of those days comes nearest."


def link_books_once(service: str) -> str:
    return f"A link of {service} books once."


def link_made(uses: int | None = 1, until: str = "") -> str:
    if until:
        return f"Here is the link. It works until {until}."
    how = "one booking" if uses is None or uses == 1 else f"{uses} bookings"
    return f"Here is the link. It works for {how}."


def link_withdrawn() -> str:
    return "The link is withdrawn; it books nothing any more."


def page_link(kind: EventType) -> str:
    return f"{cut(kind.title)} can be booked at {kind.booking_url}"


def no_link(service: str) -> str:
    return f"{service} makes no single-use links; the nearest is an event type's own page."


# webhooks


def webhook_line(hook: Webhook, triggers: Sequence[str]) -> str:
    state = "" if hook.is_active else ", paused"
    return f"{cut(hidden_url(hook.url), 120)}: {listed(list(triggers))}{state}"


def hidden_url(url: str) -> str:
    """Our own address ends in something nobody should see."""
    head, mark, _ = url.partition("/webhooks/")
    if not mark:
        return url
    provider = url[len(head) + len(mark) :].partition("/")[0]
    return f"{head}{mark}{provider}/…"


def no_webhooks() -> str:
    return "There is no webhook."


def create_webhook(url: str, triggers: Sequence[str], service: str) -> str:
    return (
        f"Create a webhook: {service} will send {listed(list(triggers))} to {cut(url, 200)}, "
        f"with attendees' names and addresses in them? {until_press('Create webhook')}"
    )


def which_url() -> str:
    return "Which address shall it send to? It must begin with https://."


def bad_url(url: str) -> str:
    return f"“{cut(url)}” is no address that a webhook can be sent to; it must begin with https://."


def pause_webhook(line: str) -> str:
    return f"Pause the webhook to {line}? {until_press('Pause')}"


def resume_webhook(line: str) -> str:
    return f"Resume the webhook to {line}? {until_press('Resume')}"


def pause_by_deleting(line: str, service: str) -> str:
    return (
        f"{service} cannot pause a subscription. Pressing Pause deletes the webhook to {line}, and Resume on the answer "
        f"makes it anew, with the same address. {until_press('Pause')}"
    )


def resume_by_making(line: str, service: str) -> str:
    return (
        f"{service} cannot resume a subscription. Pressing Resume deletes the webhook to {line} and then makes it anew. "
        f"{until_press('Resume')}"
    )


def paused_by_deleting() -> str:
    return "Paused: the webhook is deleted, and sends nothing. Resume makes it anew."


def resumed_by_making() -> str:
    return "Resumed: the webhook was made anew and sends again."


def delete_webhook(line: str) -> str:
    return f"Delete the webhook to {line}? {until_press('Delete')}"


def which_webhook() -> str:
    return "Which webhook?"


def webhook_created(url: str) -> str:
    return f"Created: a webhook to {cut(hidden_url(url), 120)}."


def webhook_changed(*, is_active: bool) -> str:
    return (
        "Resumed: the webhook sends again." if is_active else "Paused: the webhook sends nothing until you resume it."
    )


def webhook_deleted() -> str:
    return "Deleted: the webhook."


def news_off_text() -> str:
    return f"Turn news off? I then hear nothing of changes that others make. {until_press('Turn news off')}"


def news_is_off() -> str:
    return "News is off."


# what services cannot do


def no_teams_here(service: str) -> str:
    return cannot(service, "see teams", "I can show your own event types.")


def no_webhooks_here(service: str) -> str:
    return cannot(service, "make webhooks", "I look for changes whenever you ask.")
