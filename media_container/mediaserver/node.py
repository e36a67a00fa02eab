"""One media node, put together: UDP port, calls, fleet row, call events and HTTP."""

import asyncio
import logging
import socket

from aiohttp import ClientSession, web

from mediaserver.calls import Calls
from mediaserver.drain import Drain
from mediaserver.events import EventQueue, EventSender, SqsEventQueue
from mediaserver.fleet import Fleet
from mediaserver.fleet_table import DynamoFleetTable, FleetTable
from mediaserver.forwarding import OwnerLinks
from mediaserver.hot_path import HotPath
from mediaserver.http_server import HttpServer
from mediaserver.join_token import SeenTokens, TokenVerifier
from mediaserver.lease_watch import LeaseWatch
from mediaserver.native_path import choose_hot_path
from mediaserver.net.candidates import host_candidates
from mediaserver.net.dtls_srtp import Certificate
from mediaserver.settings import Settings
from mediaserver.signalling import SignallingContext
from mediaserver.transport_context import TransportContext

# The parts of stopping, which must take less than 3 s together.
FLEET_STOP_TIMEOUT_S = 0.8
EVENTS_STOP_TIMEOUT_S = 0.8
SOCKETS_STOP_TIMEOUT_S = 1.0

logger = logging.getLogger(__name__)


class MediaNode:
    """A node that can be started and stopped. Packet path, table and queue come from the settings unless given."""

    def __init__(
        self,
        settings: Settings,
        *,
        hot_path: HotPath | None = None,
        fleet_table: FleetTable | None = None,
        event_queue: EventQueue | None = None,
    ) -> None:
        """Bind both ports. Raises OSError if one is taken, SettingsInvalid if a key or the hot path cannot be used."""
        self.settings = settings
        self._hot_path = hot_path or choose_hot_path(settings.hot_path)
        self.counters = self._hot_path.counters
        self._verifier = TokenVerifier(settings.join_keys)
        self._http_socket = socket.create_server((settings.http_host, settings.http_port))
        try:
            self._udp = self._hot_path.open_port(settings.udp_hosts, settings.udp_port)
        except OSError:
            self._http_socket.close()
            raise
        self.http_port: int = self._http_socket.getsockname()[1]
        self.udp_port: int = self._udp.port
        self._loop_watch = self._hot_path.loop_watch()
        self._fleet_table = fleet_table
        self._event_queue = event_queue

    async def start(self) -> None:
        """Serve media and signalling, then write the node's row, so that calls come only to a node that answers."""
        candidates = host_candidates(self.settings.announced_ips, self.settings.announced_port or self.udp_port)
        self._transports = TransportContext(
            self._udp, Certificate(), self.counters, candidates, self.settings.ice_servers, hot_path=self._hot_path
        )
        self._events = self._make_events()
        self.calls = Calls(
            self._transports,
            self.settings.node_id,
            self._events,
            capacity=self.settings.capacity,
            lost_grace_s=self.settings.lost_grace_s,
            no_staff_grace_s=self.settings.no_staff_grace_s,
        )
        self._fleet = self._make_fleet()
        self._leases = LeaseWatch(self._fleet, self.calls) if self._fleet is not None else None
        self._client = ClientSession()
        self._udp.start(asyncio.get_running_loop())
        self._loop_watch.start()
        await self._serve_http()
        if self._fleet is not None:
            await self._fleet.start()
        if self._leases is not None:
            self._leases.start()
        logger.info(
            "Media node started: http_port=%d udp_port=%d hot_path=%s",
            self.http_port,
            self.udp_port,
            self._hot_path.name,
        )

    @property
    def transports_closed(self) -> int:
        """How many transports were closed since the start."""
        return self._transports.transports_closed

    @property
    def transports_open(self) -> int:
        """How many transports there are."""
        return self._transports.ticker.regular_count

    async def drain(self) -> None:
        """Give all calls away; returns when none is left, nobody could take them, or at the deadline. Then `stop`."""
        await Drain(self.calls, self._fleet, self._leases, self.settings.drain_deadline_s).run()

    async def stop(self) -> None:
        """Mark the node as draining, close all sockets with 1012, and let go of both ports; less than 3 s."""
        self.calls.abandon_all()
        if self._leases is not None:
            self._leases.stop()
        self._loop_watch.stop()
        stopping = [self._runner.cleanup()]
        if self._fleet is not None:
            stopping.append(self._fleet.stop(FLEET_STOP_TIMEOUT_S))
        if self._events is not None:
            stopping.append(self._events.stop(EVENTS_STOP_TIMEOUT_S))
        await asyncio.gather(*stopping)
        await self._client.close()
        self._transports.ticker.close()
        if self._transports.tasks:
            await asyncio.wait(self._transports.tasks, timeout=SOCKETS_STOP_TIMEOUT_S)
        self._udp.close()
        logger.info("Media node stopped")

    async def _serve_http(self) -> None:
        context = SignallingContext(
            self.settings.node_id,
            self._verifier,
            SeenTokens(),
            self.calls,
            OwnerLinks(self._fleet, self._client),
            self.counters,
            self.settings.ice_servers,
        )
        application = HttpServer(context, self._loop_watch, self._transports, self.settings.origin).application()
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=SOCKETS_STOP_TIMEOUT_S)
        await self._runner.setup()
        await web.SockSite(self._runner, self._http_socket).start()

    def _make_events(self) -> EventSender | None:
        queue = self._event_queue
        if queue is None and self.settings.call_events_queue_url:
            queue = SqsEventQueue(self.settings.call_events_queue_url)
        if queue is None:
            logger.warning("CALL_EVENTS_QUEUE_URL is not set: no call events are sent")
            return None
        sender = EventSender(queue, self.counters)
        sender.start()
        return sender

    def _make_fleet(self) -> Fleet | None:
        table = self._fleet_table
        if table is None and self.settings.fleet_table:
            table = DynamoFleetTable(self.settings.fleet_table)
        if table is None:
            logger.warning("FLEET_TABLE is not set: this node runs alone")
            return None
        url = self.settings.internal_url or _internal_url(self.settings.announced_ips[0], self.http_port)
        return Fleet(table, self.settings.node_id, url, self.settings.capacity, self.calls.load)


def _internal_url(ip: str, port: int) -> str:
    return f"http://[{ip}]:{port}" if ":" in ip else f"http://{ip}:{port}"
