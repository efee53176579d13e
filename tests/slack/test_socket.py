from __future__ import annotations

from fake_slack import TEAM, direct
from slack_worlds import ANA, CHANNEL, card, direct_message, open_world

from bot.slack.surface import listen_on_socket


async def test_a_message_over_socket_mode_takes_the_same_path() -> None:
    event = {"type": "event_callback", "team_id": TEAM, "event_id": "Ev1", "event": direct_message("book lee")}
    async with open_world(reply=card()) as world:
        world.slack.envelopes.append({"type": "events_api", "envelope_id": "e1", "payload": event})

        async with listen_on_socket(world.surface, world.line, "xapp-1-test"):
            await world.slack.until("chat.postMessage")
            acks = await world.slack.until_acked(1)

        assert [ack["envelope_id"] for ack in acks] == ["e1"]
        assert world.slack.messages(direct(ANA))[0].labels == ["Book", "Other times"]


async def test_what_could_not_be_kept_is_not_acked() -> None:
    event = {"type": "event_callback", "team_id": TEAM, "event_id": "Ev1", "event": direct_message("book lee")}
    command = {"command": "/pencil", "text": "help", "team_id": TEAM, "user_id": ANA, "channel_id": CHANNEL}
    async with open_world(reply=card()) as world:
        world.inbox.is_away = True
        world.slack.envelopes.append({"type": "events_api", "envelope_id": "e1", "payload": event})
        hook = world.slack.new_hook(CHANNEL, ANA)
        payload = command | {"trigger_id": "t1", "response_url": hook}
        world.slack.envelopes.append({"type": "slash_commands", "envelope_id": "e2", "payload": payload})

        async with listen_on_socket(world.surface, world.line, "xapp-1-test"):
            acks = await world.slack.until_acked(1)

        assert [ack["envelope_id"] for ack in acks] == ["e2"]
        assert "Reference" in world.slack.messages(CHANNEL, reader=ANA)[0].text
