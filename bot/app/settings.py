"""Every setting, in one class, read once. The only file that reads the environment (and `.env`)."""

from __future__ import annotations

from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import BadSettings


class Settings(BaseSettings):
    """What an operator can set. With nothing set the bot runs on its own sandbox and an SQLite file."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True, populate_by_name=True
    )

    slack_bot_token: SecretStr | None = Field(None, description="the bot's token in one workspace (xoxb-…)")
    slack_signing_secret: SecretStr | None = Field(None, description="proves that a request comes from Slack")
    slack_app_token: SecretStr | None = Field(None, description="Socket Mode (xapp-…)")
    slack_client_id: str | None = Field(None, description="installs in many workspaces, instead of the bot token")
    slack_client_secret: SecretStr | None = Field(None, description="the other half of it")
    slack_api_url: str = Field("https://slack.com/api/", description="another Slack API base; ends in /api/")

    maton_api_key: SecretStr | None = Field(None, description="the Maton gateway; people then connect through it")
    maton_api_url: str = Field("https://api.maton.ai", description="the gateway's address")
    maton_connections_url: str | None = Field(None, description="its connections; {MATON_API_URL}/connections if unset")
    calcom_api_url: str = Field("https://api.cal.com/v2", description="direct or self-hosted Cal.com")
    calendly_api_url: str = Field("https://api.calendly.com", description="direct Calendly")

    calcom_client_id: str | None = Field(None, description="connecting Cal.com by OAuth, beside the gateway and keys")
    calcom_client_secret: SecretStr | None = Field(None, description="the other half of it")
    calendly_client_id: str | None = Field(None, description="connecting Calendly by OAuth")
    calendly_client_secret: SecretStr | None = Field(None, description="the other half of it")

    database_url: str = Field("sqlite:///pencil.db", description="SQLite file or postgresql://…")
    pencil_encryption_key: SecretStr | None = Field(
        None, description="base64 of 32 bytes; several, comma-separated: the first encrypts, all decrypt"
    )
    pencil_public_url: str | None = Field(None, description="where Slack, OAuth and webhooks reach us")
    pencil_proposal_seconds: int = Field(900, ge=10, le=86_400, description="how long a card can be pressed")
    pencil_read_only: bool = Field(False, description="no writes are offered")  # noqa: FBT003  a setting's default
    pencil_dry_run: bool = Field(False, description="writes are shown and recorded, not sent")  # noqa: FBT003  as above

    pencil_metrics_token: SecretStr | None = Field(
        None, description="`/metrics` asks for it as a bearer token; unset: `/metrics` answers on this machine only"
    )
    port: int | None = Field(None, ge=0, le=65_535, description="where `serve` listens; set: on all addresses")
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="how much is logged")
    log_format: Literal["text", "json"] | None = Field(None, description="text on a terminal, json elsewhere, if unset")

    @field_validator("slack_api_url")
    @classmethod
    def _ends_in_api(cls, value: str) -> str:
        if not value.endswith("/api/"):
            raise ValueError(f"{value} must end in /api/")
        return value

    @field_validator(
        "maton_api_url", "maton_connections_url", "calcom_api_url", "calendly_api_url", "pencil_public_url"
    )
    @classmethod
    def _is_address(cls, value: str | None) -> str | None:
        if not value:
            return None
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.netloc:
            raise ValueError(f"{value} is not an http(s) address")
        return value.rstrip("/")

    @field_validator("log_level", mode="before")
    @classmethod
    def _is_lower(cls, value: object) -> object:
        return value.lower() if isinstance(value, str) else value

    @property
    def connections_url(self) -> str:
        """Where the gateway's connections are."""
        return self.maton_connections_url or f"{self.maton_api_url}/connections"

    @property
    def encryption_keys(self) -> str:
        """The keys as they were written; empty for none."""
        return self.pencil_encryption_key.get_secret_value() if self.pencil_encryption_key else ""

    @property
    def has_slack(self) -> bool:
        """Whether one workspace, or installs in many, is set up."""
        return bool(self.slack_bot_token or (self.slack_client_id and self.slack_client_secret))

    def is_set(self, name: str) -> bool:
        """Whether the operator gave this setting."""
        return name in self.model_fields_set and bool(getattr(self, name))

    @property
    def uses_sandbox(self) -> bool:
        """Whether people get an account in the sandbox: nothing about a provider is set."""
        names = ("maton_api_key", "calcom_api_url", "calendly_api_url", "calcom_client_id", "calendly_client_id")
        return not any(self.is_set(name) for name in names)

    def application(self, provider: str) -> tuple[str, str] | None:
        """Our application at a provider (its id and secret), where both are set and people can come back to us."""
        name, secret = getattr(self, f"{provider}_client_id"), getattr(self, f"{provider}_client_secret")
        if not name or not secret or not self.pencil_public_url:
            return None
        return name, secret.get_secret_value()


def load_settings(**overrides: object) -> Settings:
    """The settings of this process; raises `BadSettings` naming each wrong one. `overrides` serve tests and the terminal."""
    try:
        return Settings(**overrides)  # type: ignore[arg-type]  # pydantic checks what the type checker cannot
    except ValidationError as error:
        raise BadSettings("; ".join(_explain(item) for item in error.errors())) from error


def _explain(item: object) -> str:
    # pydantic's ErrorDetails: `loc` names the field, `msg` says what is wrong; the input may be a secret and is not repeated
    detail = dict(item) if isinstance(item, dict) else {}
    name = ".".join(str(part) for part in detail.get("loc", ())).upper()
    return f"{name}: {str(detail.get('msg', 'is wrong')).removeprefix('Value error, ')}"
