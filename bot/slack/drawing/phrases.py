"""What only Slack makes us say: one function a sentence. Everything about scheduling is worded in `dialogue`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.acts import Buttons, Choice, Form, Heading, HomePage, Line, Reply, Style
from bot.dialogue.wording import times

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo


def looking() -> str:
    """Shown after a moment without an answer to a message."""
    return "Looking at times …"


def working() -> str:
    """Shown after a moment without an answer to a press."""
    return "Working on it …"


def retired() -> str:
    """What a replaced card says to notifications and screen readers."""
    return "Replaced by a newer card."


def retired_note() -> str:
    """Under a card that a newer one has replaced."""
    return "Replaced by a newer card."


def sent_directly() -> str:
    """Small print of an outcome that only its person sees in a channel and that may vanish there."""
    return "I sent you this as a direct message too, with its buttons, because this copy may disappear."


def form_late(form: Form, card: str, option: str) -> Reply:
    """When the form could not be opened in the three seconds that Slack gives."""
    text = "Slack did not let me open the form in time. Press the button and it opens."
    again = Choice(id=option, label=form.submit or "Open the form", style=Style.PRIMARY, form=form)
    return Reply(
        text=text,
        parts=(Line(text=text), Buttons(choices=(again,))),
        card=card,
        is_personal=True,
        is_news=True,
    )


def form_stale() -> str:
    """Under the first field of a form whose card is not ours any more."""
    return "This form is out of date. Close it and press the button on its card again."


def trouble(reference: str) -> Reply:
    """When something failed that should not have."""
    text = (
        "Something went wrong on my side while I worked on this. "
        f"Please ask again; if it keeps happening, mention reference {reference}."
    )
    return Reply(text=text, is_personal=True, is_news=True)


def lacks_scope(needed: str) -> Reply:
    """When this workspace has not granted what an answer needs: a newer version asks for more than the older one did."""
    what = f" ({needed})" if needed else ""
    text = (
        f"This workspace has not granted me something that I need for that{what}. Whoever may add apps can grant it by "
        "installing me once more; nothing was written."
    )
    return Reply(text=text, is_personal=True, is_news=True)


def not_taken(reference: str) -> str:
    """When a request could not be accepted at all."""
    return (
        f"I could not take that just now, and nothing was written. Please try again in a minute. Reference {reference}."
    )


def busy() -> str:
    """When there is more to do than can be done at once."""
    return "I have a lot to do right now, so nothing was done with that. Please try again in a moment."


def not_installed() -> str:
    """To somebody in a workspace whose installation is gone."""
    return "I am not installed in this workspace any more. Somebody who may add apps can install me again."


def more_on(title: str) -> str:
    """The menu of a day's other times: «More on Thu»."""
    day = title.partition(" ")[0]
    return f"More on {day}" if day in times.WEEKDAYS else "More"


def left_out(count: int) -> str:
    """When a card is longer than Slack allows."""
    thing = "1 more part" if count == 1 else f"{count} more parts"
    return f"{thing} did not fit here. Ask for a shorter range or one day to see the rest."


def secret_hint() -> str:
    """Under a field that takes a key."""
    return "Stored encrypted and used only for you. It is shown in clear while you type."


def bad_mail() -> str:
    """Under a field that needs a mail address."""
    return "Enter one complete mail address, for example sam@example.com."


def bad_number() -> str:
    """Under a field that needs a number."""
    return "Enter a number, for example 45."


def bad_address() -> str:
    """Under a field that needs a web address."""
    return "Enter a complete address that begins with https://."


def bad_phone() -> str:
    """Under a field that needs a phone number."""
    return "Enter the number with its country code, for example +49 30 1234567."


def not_there() -> str:
    """When a channel was named in which we may not write."""
    return "I may not write in that channel yet. Invite me there with /invite and my name, then say it again."


def attendee() -> str:
    """Over Slack's menu of people."""
    return "With"


def or_address() -> str:
    """Over the field below that menu."""
    return "Or a mail address"


def no_status_here() -> str:
    """When somebody wants their status kept where the app cannot ask for their consent."""
    return "I cannot set statuses here: whoever runs me has not set that up (SLACK_CLIENT_ID and PENCIL_PUBLIC_URL)."


def status_lost() -> str:
    """When a person's own token is gone."""
    return "Slack does not let me set your status any more."


def looking_status() -> str:
    """Behind our name, while something is looked up."""
    return "is looking at times"


def stopped() -> Reply:
    """When a person stops what they had asked for."""
    return Reply(text="Stopped. Nothing was changed.", is_personal=True)


def no_such_zone() -> str:
    """Under a zone."""
    return "I know no such city or zone. Write for example Lisbon or America/New_York, or leave it empty."


def half_stretch() -> str:
    """Under the missing end of a stretch of the day."""
    return "Choose this one too, or leave both empty."


def nobody_chosen() -> str:
    """Under the attendee of the booking form."""
    return "Choose somebody above, or type a mail address here."


def day_over() -> str:
    """Under a day in the past."""
    return "That day is over. Choose today or a later day."


def time_over() -> str:
    """Under a time of today that has passed."""
    return "That time has passed. Choose a later one, or leave it empty."


def step_unreadable() -> str:
    """A workflow's step was given something that is no time."""
    return "The step was given a start that I cannot read; use the start of «Find a time», or a date and time."


def step_unpressed() -> str:
    """A workflow's step whose card has run out."""
    return "Nobody pressed the card in time, so nothing was booked."


def step_nothing_free() -> str:
    """A workflow's step that found nothing."""
    return "Nothing is free in the two weeks from that day on."


def step_time(start: datetime, zone: ZoneInfo) -> str:
    """«Tue 24 Nov 14:00 Berlin»."""
    return f"{times.moment(start, zone, start)} {times.place(zone)}"


def missing() -> str:
    """Under a required field that is empty."""
    return "This is needed."


def prompts() -> tuple[tuple[str, str], ...]:
    """What can be said when nothing could be looked up: (title, message)."""
    return ("When am I free this week?", "what's free this week"), ("What can you do?", "help")


def welcome(command: str) -> Reply:
    """To the one who installed us."""
    text = (
        f"Thanks for adding me. Write to me here, mention me in a channel, or type {command} with what you want, "
        "for example «what is free on Thursday afternoon». I show what I would do, and nothing is booked until you press."
    )
    return Reply(text=text)


def home_trouble(reference: str) -> HomePage:
    """The home page when it could not be made."""
    text = f"I could not put this page together just now. Open it again in a minute. Reference {reference}."
    return HomePage(sections=(Reply(text=text, parts=(Heading(text="Pencil"), Line(text=text))),))
