"""Every phrase of the README's table, said through the real loop: the card or answer that it promises comes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from transcripts import Transcript, staged

_README = Path(__file__).parents[2] / "README.md"
_ROW = re.compile(r"^\| (?P<what>[^|]+) \| `(?P<phrase>[^`]+)` \| (?P<calcom>[^|]+) \| (?P<calendly>[^|]+) \|$")
_WORLD = (
    *(("type", row) for row in ("Intro 30", "Deep dive 60", "Interview 45 approval", "Help desk 30")),
    ("meeting", "Priya Raman <priya@acme.io> | Intro | 2026-11-25 11:00"),
    ("meeting", "Sam Reed <sam@example.org> | Intro | 2026-11-18 16:00"),
    ("meeting", "Omar Haddad <omar@acme.io> | Interview | 2026-11-26 10:00 | pending"),
)
_COACHING = (("type", "Intro 30"), ("type", "Weekly coaching 60 repeats"))
_SERIES = ("> book weekly coaching with lena@example.org, 4 times, tuesdays at 2pm", "[Book series of 4]")
_TEAM = (("seed", "1"),)
_MATON = (("seed", "1"), ("route", "maton"), ("public_url", "https://pencil.example.com"))
_CONNECTED = ("> connect cal.com", "[Connect]", "visit", "[Check again]")
_HOOKED = ("> create a webhook for cancellations to https://hooks.example.com/in", "[Create webhook]")


@dataclass(frozen=True, slots=True)
class Promise:
    """What the answer holds; what is said or pressed before; the world it is said in."""

    fragments: tuple[str, ...]
    before: tuple[str, ...] = ()
    world: tuple[tuple[str, str], ...] = _WORLD


def promise(*fragments: str, before: tuple[str, ...] = (), world: tuple[tuple[str, str], ...] = _WORLD) -> Promise:
    return Promise(fragments, before, world)


_PROMISES = {
    "Free times": promise("Thu 26 Nov", "[Pick another day]"),
    "Somebody's public page": promise("public booking page", "[Name the page]", world=_TEAM),
    "Hold": promise("Hold a slot", "Thu 26 Nov 15:00", "[Hold]"),
    "Release a hold": promise("[Release hold]", before=("> hold thursday 3pm", "[Hold]")),
    "Book": promise("Book Intro with Lena?", "Tue 24 Nov 14:00–14:30", "[Book]"),
    "Book by name": promise("Priya Raman (priya@acme.io)", "Tue 24 Nov 15:00–15:30"),
    "Book with a team type": promise("Book Sales demo with Lena?", "Thu 26 Nov 11:00–11:45", "[Book]", world=_TEAM),
    "Book repeatedly": promise("24 Nov", "1 Dec", "8 Dec", "[Book"),
    "Book a series at once": promise("A series of 4 Weekly coaching", "15 Dec", "[Book series of 4]", world=_COACHING),
    "Cancel a series": promise(
        "Cancel what is left of the series?", "[Cancel all 4 dates]", before=_SERIES, world=_COACHING
    ),
    "What is on": promise("Priya Raman", "Wed 25 Nov 11:00", "[Move]"),
    "One booking": promise("Next: Wed 25 Nov 11:00", "[Cancel meeting]"),
    "Who is invited": promise("priya@acme.io"),
    "Move": promise("Wed 25 Nov 11:00–11:30 → Fri 27 Nov 16:00–16:30 Berlin", "[Move]"),
    "Several at once": promise(
        "Intro with Priya Raman: Wed 25 Nov 11:00–11:30 → Fri 27 Nov 11:00–11:30 Berlin", "[Move 2 meetings]"
    ),
    "Swap": promise("Swap two meetings?", "by way of", "[Swap]"),
    "Cancel": promise("Wed 25 Nov 11:00", "[Cancel meeting]", "[Keep]"),
    "Waiting requests": promise("Omar", "[Approve]", "[Decline]"),
    "Approve": promise("Thu 26 Nov 10:00", "[Approve]"),
    "Decline": promise("too busy", "[Decline]"),
    "Guests": promise("lee@acme.io", "[Add guests]"),
    "No-show": promise("Wed 18 Nov 16:00", "[Mark no-show]"),
    "Place": promise("to Zoom", "[Change place]"),
    "Guests off": promise(
        "Take lee@acme.io off",
        "[Remove guests]",
        before=("> add guest lee@acme.io to my meeting with priya", "[Add guests]"),
    ),
    "Length, title, note": promise("from 30 min to 45 min", "[Change length]"),
    "Undo": promise("Put the hours back", "[Undo]", before=("> set fridays 9 to 1", "[Change hours]")),
    "Is it confirmed": promise("Yes, it is confirmed: Wed 25 Nov 11:00"),
    "Another time, by the attendee": promise("Priya Raman can pick another time", "[Open its own page]"),
    "Recap, recording, transcript": promise("no recap, no recording"),
    "Who is in the room": promise("Wed 25 Nov 11:00"),
    "Calendar links": promise("Google Calendar", "[Add to Google Calendar]"),
    "Next opening": promise("Intro", "Deep dive", "Berlin time"),
    "Routing forms": promise("Sales: asks", "[Times of Sales]", world=_TEAM),
    "Times of a routing form": promise("leads to Sales demo", "Free for Sales demo", world=_TEAM),
    "Who filled in a form": promise("Sales, the latest 2 answers", "Company size: 40", world=_TEAM),
    "How many": promise("You have"),
    "Why not": promise("Saturdays are closed", "[Find a time after that]"),
    "Time elsewhere": promise("17:00"),
    "Event types": promise("Intro", "Deep dive"),
    "New event type": promise("Portfolio review (45 min)", "[Create]"),
    "Change an event type": promise("Intro → First call", "[Change]"),
    "Delete an event type": promise("Help desk", "[Delete]"),
    "Limits": promise("buffer after a meeting none → 15 min", "[Change]"),
    "Link for one booking": promise("Make a single-use link for Intro", "[Make link]"),
    "Link for several, or until a day": promise("books 5 times", "[Make link]"),
    "Link with terms of its own": promise("has the length of its event type", "[Make link]"),
    "One-off event type": promise("Cal.com has no one-off event types", "[Make a link instead]"),
    "Hours": promise("Mon–Fri 09:00–17:00"),
    "Set hours": promise("Fri 09:00–13:00", "[Change hours]"),
    "Days off": promise("Thu 24 Dec to Thu 31 Dec", "[Take off]"),
    "Out of office": promise("Takes over: Omar Haddad", "[Set out of office]", world=_TEAM),
    "When away, and back": promise("not out of office on any day", world=_TEAM),
    "Private time": promise("Private: Wed 25 Nov 08:00–10:00 Berlin", "Left: Wed 25 Nov 10:00–17:00", "[Block time]"),
    "New schedule": promise("Summer", "[Create]"),
    "Delete a schedule": promise("Summer", "[Delete]", before=("> create a schedule called Summer", "[Create]")),
    "Who am I": promise("Cal.com", "Europe/Berlin"),
    "Profile": promise("Berlin → Lisbon", "[Change]"),
    "Calendars": promise("Calendars:", world=_TEAM),
    "Busy times": promise("busy", "23 Nov", world=_TEAM),
    "Video apps": promise("Video apps:", world=_TEAM),
    "Team": promise("Sales", world=_TEAM),
    "Verified addresses": promise("Verified addresses:", world=_TEAM),
    "Webhooks": promise("hooks.example.com", "cancel", before=_HOOKED),
    "New webhook": promise("https://hooks.example.com/in", "names and addresses", "[Create webhook]"),
    "Pause, resume": promise("[Pause]", before=_HOOKED),
    "Delete a webhook": promise("[Delete]", before=_HOOKED),
    "News of changes": promise("[Turn news on]", before=_CONNECTED, world=_MATON),
    "Agenda by itself": promise("your agenda every Monday at 09:00 Berlin time", "[Stop the agenda]"),
    "Stop what comes by itself": promise("nothing by itself any more", before=("> every monday at 9 send me my week",)),
    "Connect": promise("[Connect]", world=_MATON),
    "Open polls and shared times": promise("No poll is open"),
    "Settings": promise("Your settings: Usual meeting", "[Change settings]"),
    "Slack status": promise("[Show meetings in my status]"),
    "Accounts": promise("no Calendly account", before=_CONNECTED, world=_MATON),
    "Disconnect": promise("[Disconnect]", before=_CONNECTED, world=_MATON),
}


def table() -> list[re.Match[str]]:
    rows = map(_ROW.match, _README.read_text(encoding="utf-8").splitlines())
    return [row for row in rows if row is not None]


def test_every_row_of_the_table_is_held() -> None:
    assert [row["what"] for row in table()] == list(_PROMISES)


@pytest.mark.slow
@pytest.mark.parametrize("row", table(), ids=lambda row: row["what"])
async def test_a_phrase_of_the_table_does_what_it_says(row: re.Match[str]) -> None:
    expected = _PROMISES[row["what"]]
    said = (*expected.before, f"> {row['phrase']}", *(f"< {fragment}" for fragment in expected.fragments))
    lines = (*said, "<! only do scheduling", "<! What I can do", "<! I left out")
    transcript = Transcript(row["what"], expected.world, tuple(enumerate(lines, start=1)))

    async with staged(transcript) as stage:
        difference = await stage.play()

    assert not difference, difference
