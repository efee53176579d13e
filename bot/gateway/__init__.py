"""The way to the scheduling services: the client, the gateway's connections, and the port over each provider."""

from bot.gateway.client import ApiClient, CallRecord, Limits
from bot.gateway.maton import MatonAddresses
from bot.gateway.oauth import OAuth, OAuthClient
from bot.gateway.registry import Registry, Routes
from bot.gateway.transport import Transport

__all__ = [
    "ApiClient",
    "CallRecord",
    "Limits",
    "MatonAddresses",
    "OAuth",
    "OAuthClient",
    "Registry",
    "Routes",
    "Transport",
]
