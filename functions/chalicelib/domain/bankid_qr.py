"""The animated QR code of BankID (RP API v6.0, "QR code").

The code changes each second, so that a photographed one is worthless. It is shown only while the order is pending with
hint code `outstandingTransaction`; the secret it is made from never leaves the server.
"""

import hashlib
import hmac

from chalicelib.domain.eid import EidOrder


def qr_text(order: EidOrder, now: float) -> str:
    """What the QR code says at `now` (epoch seconds)."""
    seconds = str(max(0, int(now - order.started_at)))
    code = hmac.new(order.qr_start_secret.encode("ascii"), seconds.encode("ascii"), hashlib.sha256).hexdigest()
    return f"bankid.{order.qr_start_token}.{seconds}.{code}"
