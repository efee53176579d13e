"""What an older host has no call for is said by name, before any card; it is not what another service does not know at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from rooms import ABILITIES, CONTEXT, Desk, booking_with

from bot.scheduling.limits import Repeats, Rhythm

OLD = replace(
    ABILITIES, approval=False, changes_place=False, adds_guests=False, absence=False, teams=False, is_old=True
)
LENA = booking_with("Lena Ostrow", date(2026, 3, 5), 12, number=1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("approve lena's request", "too old to let me approve or decline"),
        ("decline lena's request", "too old to let me approve or decline"),
        ("show pending requests", "too old to let me approve or decline"),
        ("change the place of my meeting with lena to zoom", "too old to let me change the place"),
        ("add guest kim@example.org to my meeting with lena", "does not let me add guests"),
        ("mark lena as no-show", "does not let me mark a no-show"),
        ("who is on the team", "does not let me see teams"),
    ],
)
def test_an_older_host_says_what_it_has_no_call_for(text: str, said: str) -> None:
    reply = Desk(context=replace(CONTEXT, capabilities=OLD), bookings=(LENA,)).say(text)

    assert said in reply.text
    assert not any(choice.label in {"Approve", "Decline", "Change place", "Add guests"} for choice in reply.choices)


def test_a_service_without_requests_says_that_it_knows_none() -> None:
    other = replace(OLD, is_old=False, title="Calendly", provider="calendly")

    reply = Desk(context=replace(CONTEXT, capabilities=other), bookings=(LENA,)).say("show pending requests")

    assert "knows no requests" in reply.text


def test_an_older_host_books_the_dates_of_a_repeating_type_one_by_one() -> None:
    rule = Repeats(rhythm=Rhythm.WEEKLY, most=6)
    coaching = replace(CONTEXT.event_types[0], id="9", title="Weekly coaching", slug="weekly-coaching", repeats=rule)
    types = (*CONTEXT.event_types, coaching)
    said = "book weekly coaching with lena@example.org, 3 times, tuesdays at 2pm"

    old = Desk(context=replace(CONTEXT, capabilities=OLD, event_types=types)).say(said)
    new = Desk(context=replace(CONTEXT, capabilities=replace(ABILITIES, recurring=True), event_types=types)).say(said)

    assert "too old to book a series" in old.text
    assert "Book 3 dates" in [choice.label for choice in old.choices]
    assert "Book series of 3" in [choice.label for choice in new.choices]
