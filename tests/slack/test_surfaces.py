from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fake_slack import BOT_USER, TEAM, direct
from slack_worlds import ANA, CHANNEL, LEE, World, card, line, open_world, press, submission

from bot.dialogue.acts import Chose, FieldKind, Form, FormField, HomePage, Reply, Submitted
from bot.scheduling.accounts import Owner
from bot.slack.sending.places import Spot, read_place

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from slack_worlds import Asked

FORM = Form(
    title="Who is it for?",
    fields=(
        FormField(name="email", label="Mail address", kind=FieldKind.EMAIL),
        FormField(name="name", label="Name", is_required=False),
    ),
)
PRIVATE_CARD = card(is_personal=True, trace="I answered Ana privately.")


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with open_world(reply=card()) as world:
        yield world


# ── channels ───────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_personal_answer_in_a_channel_is_seen_by_its_asker_only(world: World) -> None:
    world.assistant.reply = PRIVATE_CARD

    await world.mention(f"<@{BOT_USER}> book john@example.com friday 10")

    everybody = world.slack.messages(CHANNEL)
    assert [(one.text, one.thread) for one in everybody] == [("I answered Ana privately.", "200.1")]
    mine = [one for one in world.slack.messages(CHANNEL, reader=ANA) if one.only_for]
    assert [(one.labels, one.thread) for one in mine] == [(["Book", "Other times"], "200.1")]


async def test_an_impersonal_answer_in_a_channel_is_a_reply_in_the_thread(world: World) -> None:
    world.assistant.reply = line("I find times and book them.")

    await world.mention(f"<@{BOT_USER}> help", ts="201.1", thread_ts="199.9")

    (shown,) = world.slack.messages(CHANNEL)
    assert (shown.text, shown.thread) == ("I find times and book them.", "199.9")


async def test_a_channel_without_us_is_answered_directly(world: World) -> None:
    world.assistant.reply = PRIVATE_CARD
    world.slack.closed_channels.add(CHANNEL)

    await world.mention(f"<@{BOT_USER}> book")

    assert world.slack.messages(CHANNEL) == []
    assert [one.labels for one in world.slack.messages(direct(ANA))] == [["Book", "Other times"]]


async def test_the_outcome_of_a_private_press_is_kept_as_a_direct_message(world: World) -> None:
    world.assistant.reply = PRIVATE_CARD
    await world.mention(f"<@{BOT_USER}> book")
    (mine,) = [one for one in world.slack.messages(CHANNEL, reader=ANA) if one.only_for]
    world.assistant.reply = card(card="card-2", head="Booked", tells=("card-1",), is_personal=True)

    await world.press(mine.ts, "Book", channel=CHANNEL)

    assert mine.labels == []
    assert mine.blocks[0]["text"]["text"] == "Booked"
    (kept,) = world.slack.messages(direct(ANA))
    assert kept.labels == ["Book", "Other times"]
    place = read_place(world.assistant.places["card-2"])
    assert place is not None
    assert (place.spot, place.channel, place.ts) == (Spot.DIRECT, direct(ANA), kept.ts)


async def test_a_private_press_belongs_to_the_thread_of_its_card(world: World) -> None:
    world.assistant.reply = PRIVATE_CARD
    await world.mention(f"<@{BOT_USER}> book")
    (mine,) = [one for one in world.slack.messages(CHANNEL, reader=ANA) if one.only_for]

    await world.press(mine.ts, "Other times", channel=CHANNEL)

    first, second = world.assistant.asked
    assert first.key == second.key
    assert second.is_public


async def test_somebody_else_is_told_privately_and_the_card_stays(world: World) -> None:
    world.assistant.reply = card()
    await world.mention(f"<@{BOT_USER}> book")
    (shown,) = world.slack.messages(CHANNEL)
    world.assistant.reply = line("Only Ana can press this.", is_personal=True, is_news=True)

    await world.press(shown.ts, "Book", channel=CHANNEL, member=LEE)

    assert (shown.edits, shown.labels) == (0, ["Book", "Other times"])
    assert [one.text for one in world.slack.messages(CHANNEL, reader=LEE) if one.only_for] == [
        "Only Ana can press this."
    ]
    assert len(world.slack.messages(CHANNEL, reader=ANA)) == 1


async def test_a_personal_reply_never_replaces_a_message_that_others_see(world: World) -> None:
    await world.mention(f"<@{BOT_USER}> help")
    (shown,) = world.slack.messages(CHANNEL)
    world.assistant.reply = line("Your Tuesday: dentist.", is_personal=True)

    await world.press(shown.ts, "Other times", channel=CHANNEL)

    assert "dentist" not in str(world.slack.messages(CHANNEL))
    assert "dentist" in str(world.slack.messages(CHANNEL, reader=ANA))


# ── direct messages ────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_thread_in_direct_messages_is_the_same_conversation(world: World) -> None:
    await world.say("book lee", ts="100.1")
    await world.say("make it 45", ts="101.1", thread_ts="100.1")

    first, second = world.assistant.asked
    assert first.key == second.key
    assert [one.thread for one in world.slack.messages(direct(ANA))] == ["", "100.1"]


async def test_a_retired_card_loses_its_buttons_and_says_why(world: World) -> None:
    await world.say("book lee", ts="100.1")
    (old,) = world.slack.messages(direct(ANA))
    world.assistant.reply = card(card="card-2", head="60 min with Lee", retires=("card-1",))

    await world.say("make it an hour", ts="101.1")

    assert old.labels == []
    assert [block["elements"][0]["text"] for block in old.blocks] == ["30 min with Lee", "Replaced by a newer card."]
    assert old.text == "Replaced by a newer card."
    assert world.slack.messages(direct(ANA))[-1].labels == ["Book", "Other times"]


async def test_a_card_that_becomes_the_next_one_is_not_retired_again(world: World) -> None:
    await world.say("book lee")
    (shown,) = world.slack.messages(direct(ANA))
    world.assistant.reply = card(card="card-2", head="Other times with Lee", retires=("card-1",))

    await world.press(shown.ts, "Other times")

    assert (shown.edits, shown.labels) == (1, ["Book", "Other times"])


async def test_news_after_a_press_closes_the_card_and_stands_below_it(world: World) -> None:
    await world.say("book lee")
    (shown,) = world.slack.messages(direct(ANA))
    world.assistant.reply = card(card="card-2", is_news=True, closes=line("That card had run out."))

    await world.press(shown.ts, "Book")

    assert (shown.text, shown.labels) == ("That card had run out.", [])
    assert world.slack.messages(direct(ANA))[-1].labels == ["Book", "Other times"]


async def test_a_card_that_is_gone_is_followed_by_a_new_message(world: World) -> None:
    await world.say("book lee")
    (shown,) = world.slack.messages(direct(ANA))
    payload = world.press_payload(shown.ts, "Book")
    shown.is_deleted = True
    world.assistant.reply = line("Booked.")

    await world.interact(payload)

    assert [one.text for one in world.slack.messages(direct(ANA))] == ["Booked."]


# ── slash commands ─────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_command_is_answered_to_its_asker_where_we_are_no_member(world: World) -> None:
    world.slack.closed_channels.add(CHANNEL)

    answer = await world.command("what is free thursday")

    assert (answer.status_code, answer.text) == (200, "")
    assert world.slack.messages(CHANNEL) == []
    assert [one.labels for one in world.slack.messages(CHANNEL, reader=ANA)] == [["Book", "Other times"]]


async def test_a_command_in_our_direct_messages_is_a_message_that_can_be_edited(world: World) -> None:
    await world.command("what is free thursday", channel=direct(ANA))

    (shown,) = world.slack.messages(direct(ANA))
    assert shown.only_for == ""
    assert not world.assistant.asked[0].is_public


async def test_a_command_whose_address_has_expired_is_answered_directly(world: World) -> None:
    world.slack.closed_channels.add(CHANNEL)
    world.slack.fail("response_url", "expired_url", status=404)

    await world.command("what is free thursday")

    assert len(world.slack.messages(direct(ANA))) == 1


async def test_a_command_that_could_not_be_kept_is_answered_with_a_reference(world: World) -> None:
    world.inbox.is_away = True

    answer = await world.command("book lee")

    (shown,) = world.slack.messages(CHANNEL, reader=ANA)
    assert answer.status_code == 200
    assert "Reference" in shown.text
    assert world.assistant.asked == []


async def test_an_empty_command_is_a_turn(world: World) -> None:
    await world.command("")

    assert len(world.assistant.asked) == 1


# ── forms ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def opens_form(asked: Asked) -> Reply:
    if isinstance(asked.turn, Chose):
        return Reply(text="", card="card-1", form=FORM, form_option="who")
    if isinstance(asked.turn, Submitted):
        return line("Booked.", card="card-2")
    return card()


async def test_a_press_opens_its_form_and_leaves_the_card(world: World) -> None:
    world.assistant.reply = opens_form
    await world.say("book a call")
    (shown,) = world.slack.messages(direct(ANA))

    await world.press(shown.ts, "Book")

    (view,) = world.slack.views
    assert [block["label"]["text"] for block in view["blocks"]] == ["Mail address", "Name"]
    assert (shown.edits, len(world.slack.messages(direct(ANA)))) == (0, 1)
    assert "example.com" not in view["private_metadata"]


async def test_a_sent_form_is_a_turn_and_the_card_becomes_its_answer(world: World) -> None:
    world.assistant.reply = opens_form
    await world.say("book a call")
    (shown,) = world.slack.messages(direct(ANA))
    await world.press(shown.ts, "Book")

    answer = await world.interact(submission(world.slack.views[0], {"Mail address": "sam@example.com"}))

    assert (answer.status_code, answer.text) == (200, "")
    expected = (("email", "sam@example.com"), ("name", ""))
    assert world.assistant.asked[-1].turn == Submitted(card="card-1", option="who", values=expected)
    assert [(one.ts, one.text) for one in world.slack.messages(direct(ANA))] == [(shown.ts, "Booked.")]


@pytest.mark.parametrize("typed", ["sam", "sam@", "a@b", "a b@example.com", ""])
async def test_a_wrong_mail_address_is_said_under_its_field(world: World, typed: str) -> None:
    world.assistant.reply = opens_form
    await world.say("book a call")
    await world.press(world.slack.messages(direct(ANA))[0].ts, "Book")
    view = world.slack.views[0]

    answer = await world.interact(submission(view, {"Mail address": typed}))

    assert answer.json()["response_action"] == "errors"
    assert list(answer.json()["errors"]) == [view["blocks"][0]["block_id"]]
    assert not any(isinstance(asked.turn, Submitted) for asked in world.assistant.asked)


async def test_a_form_of_a_private_card_is_answered_where_it_was_opened(world: World) -> None:
    world.assistant.reply = PRIVATE_CARD
    await world.mention(f"<@{BOT_USER}> book")
    (mine,) = [one for one in world.slack.messages(CHANNEL, reader=ANA) if one.only_for]
    world.assistant.reply = opens_form
    await world.press(mine.ts, "Book", channel=CHANNEL)

    await world.interact(submission(world.slack.views[0], {"Mail address": "sam@example.com"}))

    assert mine.text == "Booked."
    assert world.assistant.asked[-1].key == world.assistant.asked[0].key


async def test_a_form_that_came_too_late_is_offered_again(world: World) -> None:
    world.assistant.reply = opens_form
    await world.say("book a call")
    (shown,) = world.slack.messages(direct(ANA))
    world.slack.fail("views.open", "expired_trigger_id")

    await world.press(shown.ts, "Book")

    last = world.slack.messages(direct(ANA))[-1]
    assert "form" in last.text
    assert last.elements[0]["value"] == "p1/card-1/who"


async def test_a_form_of_another_age_says_that_it_is_out_of_date(world: World) -> None:
    world.assistant.reply = opens_form
    await world.say("book a call")
    await world.press(world.slack.messages(direct(ANA))[0].ts, "Book")
    view = world.slack.views[0] | {"private_metadata": "something else"}

    answer = await world.interact(submission(view, {"Mail address": "sam@example.com"}))

    assert "out of date" in str(answer.json()["errors"])


# ── the home page ──────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_opening_the_home_page_publishes_it(world: World) -> None:
    world.assistant.page = HomePage(sections=(card(head="Next: Lee"), line("Connected to Cal.com.")))

    await world.event({"type": "app_home_opened", "user": ANA, "channel": direct(ANA), "tab": "home"})
    await world.event({"type": "app_home_opened", "user": ANA, "channel": direct(ANA), "tab": "messages"})

    assert len(world.slack.called("views.publish")) == 1
    kinds = [block["type"] for block in world.slack.homes[ANA]["blocks"]]
    assert kinds == ["header", "section", "actions", "context", "divider", "section"]


MESSAGES = {"type": "app_home_opened", "user": ANA, "channel": direct(ANA), "tab": "messages"}


async def test_an_agents_messages_open_with_sentences_that_fit_and_no_thread(world: World) -> None:
    world.slack.prompts = []
    await world.event(MESSAGES)

    (offered,) = world.slack.called("assistant.threads.setSuggestedPrompts")
    assert offered["prompts"] == [{"title": "Connect my calendar", "message": "connect"}]
    assert "thread_ts" not in offered
    assert world.slack.homes == {}


async def test_a_plain_app_is_asked_for_prompts_once_and_no_more(world: World) -> None:
    await world.event(MESSAGES)
    await world.event(MESSAGES)

    assert len(world.slack.called("assistant.threads.setSuggestedPrompts")) == 1
    assert world.slack.messages(direct(ANA)) == []


async def test_a_press_on_the_home_page_is_answered_on_top_of_it(world: World) -> None:
    world.assistant.reply = line("Which day?", card="card-7")
    payload = press("", "", {"action_id": "p1/press/0/", "value": "p1/card-1/find", "type": "button"})
    payload |= {"container": {"type": "view", "view_id": "V1"}, "channel": None, "message": None}
    payload["view"] = {"id": "V1", "type": "home"}

    await world.interact(payload)

    blocks = world.slack.homes[ANA]["blocks"]
    assert blocks[0]["text"]["text"] == "Which day?"
    assert world.assistant.asked[0].key.channel == direct(ANA)


OPENED_HOME = {"type": "app_home_opened", "user": ANA, "channel": direct(ANA), "tab": "home"}


@pytest.mark.parametrize(("status", "again"), [(None, 0), (200, 0), (503, 1)])
async def test_a_page_that_has_changed_is_published_until_slack_has_taken_or_refused_it(
    world: World, status: int | None, again: int
) -> None:
    home = world.surface.turns.pages
    await world.event(OPENED_HOME)
    await home.pages.mark_page(Owner("", TEAM, ANA))
    await home.pages.mark_page(Owner("", TEAM, LEE))
    if status:
        world.slack.fail("views.publish", "team_access_not_granted", status=status)

    await home.sweep()

    assert len(world.slack.called("views.publish")) == 2
    assert await home.sweep() == again


async def test_a_home_page_that_fails_says_so(world: World) -> None:
    world.assistant.page = None  # type: ignore[assignment]  # makes it fail

    await world.event(OPENED_HOME)

    assert "Reference" in str(world.slack.homes[ANA]["blocks"])
