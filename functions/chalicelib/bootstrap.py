"""Puts storage and gateways behind the ports. Nothing is made, and nothing heavy imported, before it is first used."""

# ruff: noqa: PLC0415  each import costs a cold start, and most functions use few of them

from datetime import UTC, datetime
from functools import cache, cached_property

from chalicelib.domain.eid import EidProvider
from chalicelib.services.ports import (
    AccessLog,
    AccessLogArchive,
    Clock,
    DeadLetters,
    Eid,
    EmailSender,
    IdentityProvider,
    ImportedBookings,
    LivePush,
    MediaFleet,
    PopulationRegister,
    Ports,
    RateLimits,
    SmsSender,
    Store,
)
from chalicelib.settings import Settings, settings


class SystemClock:
    """Satisfies `services.ports.Clock`."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class RealPorts:
    """Satisfies `services.ports.Ports`: the world outside, as `settings` describes it."""

    @cached_property
    def settings(self) -> Settings:
        return settings()

    @cached_property
    def clock(self) -> Clock:
        return SystemClock()

    @cached_property
    def store(self) -> Store:
        from chalicelib.storage.store import DynamoStore

        return DynamoStore()

    @cached_property
    def bookings(self) -> ImportedBookings:
        from chalicelib.storage.imported_bookings import DynamoImportedBookings

        return DynamoImportedBookings()

    @cached_property
    def access_log(self) -> AccessLog:
        from chalicelib.storage.access_log import DynamoAccessLog

        return DynamoAccessLog()

    @cached_property
    def access_log_archive(self) -> AccessLogArchive:
        from chalicelib.gateways.access_log_archive import S3AccessLogArchive

        return S3AccessLogArchive(self.settings.access_log_bucket)

    @cached_property
    def rate_limits(self) -> RateLimits:
        from chalicelib.storage.rate_limits import DynamoRateLimits

        return DynamoRateLimits()

    @cached_property
    def register(self) -> PopulationRegister:
        from chalicelib.gateways.population_register import SoapPopulationRegister

        given = self.settings
        certificate = _certificate(given.register_cert, given.register_key)
        return SoapPopulationRegister(
            given.register_url,
            given.register_logical_address,
            certificate,
            server_ca=given.register_ca,
            test_people=given.stage != "prod",
        )

    def eid_of(self, provider: EidProvider) -> Eid:
        return self._freja if provider == "freja" else self._bankid

    @cached_property
    def _bankid(self) -> Eid:
        from chalicelib.gateways.bankid import BankId

        return BankId(self.settings.bankid_url, _certificate(self.settings.bankid_cert, self.settings.bankid_key))

    @cached_property
    def _freja(self) -> Eid:
        from chalicelib.gateways.freja import FrejaEid

        given = self.settings
        return FrejaEid(
            given.freja_url,
            given.freja_signing_certs,
            certificate=_certificate(given.freja_cert, given.freja_key),
            server_ca=given.freja_ca,
        )

    @cached_property
    def identity_provider(self) -> IdentityProvider:
        from chalicelib.gateways.oidc import OidcIdentityProvider

        given = self.settings
        return OidcIdentityProvider(
            given.oidc_issuer,
            client_id=given.oidc_client_id,
            client_secret=given.oidc_client_secret,
            redirect_uri=f"{given.public_url}/api/login/callback",
            post_logout_redirect_uri=f"{given.public_url}/logga-in",
        )

    @cached_property
    def sms(self) -> SmsSender:
        from chalicelib.gateways.sms import SnsSmsSender

        return SnsSmsSender(self.settings.sms_sender, self.settings.sms_max_price_usd)

    @cached_property
    def email(self) -> EmailSender:
        from chalicelib.gateways.email import SesEmailSender

        return SesEmailSender(self.settings.email_sender, self.settings.email_configuration_set)

    @cached_property
    def live_push(self) -> LivePush:
        from chalicelib.gateways.live_push import ApiGatewayLivePush

        return ApiGatewayLivePush(self.settings.live_endpoint)

    @cached_property
    def media_fleet(self) -> MediaFleet:
        from chalicelib.gateways.media_fleet import HttpMediaFleet

        return HttpMediaFleet()

    @cached_property
    def dead_letters(self) -> DeadLetters:
        from chalicelib.gateways.dead_letters import SqsDeadLetters

        return SqsDeadLetters(self.settings.outbox_dead_queue_url)


@cache
def ports() -> Ports:
    """One set per process."""
    return RealPorts()


def _certificate(certificate: str, key: str) -> tuple[str, str] | None:
    """Paths of both, or neither where the other side asks for none."""
    return (certificate, key) if certificate else None
