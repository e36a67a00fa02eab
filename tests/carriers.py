"""What Amazon SNS and SES tell of a message afterwards, as they write it."""

import gzip
import json
from base64 import b64encode
from typing import Any


def sms_line(provider_id: str, status: str = "SUCCESS") -> str:
    """As Amazon SNS writes it (SNS developer guide, "Viewing CloudWatch metrics and logs for SMS deliveries")."""
    return json.dumps(
        {
            "notification": {"messageId": provider_id, "timestamp": "2026-11-23 08:00:01.123"},
            "delivery": {
                "phoneCarrier": "Carrier",
                "mnc": 1,
                "mcc": 240,
                "numberOfMessageParts": 2,
                "destination": "+46701740605",
                "priceInUSD": 0.11,
                "smsType": "Transactional",
                "providerResponse": "Message has been accepted by phone",
                "dwellTimeMs": 599,
                "dwellTimeMsUntilDeviceAck": 1344,
            },
            "status": status,
        }
    )


def email_event(event_type: str, message_id: str, provider_id: str = "0100", *, enveloped: bool = True) -> str:
    """As Amazon SES tells EventBridge (SES developer guide, "Contents of event data")."""
    detail = {
        "eventType": event_type,
        "mail": {
            "timestamp": "2026-11-23T08:00:01.123Z",
            "messageId": provider_id,
            "destination": ["anna@example.se"],
            "tags": {"ses:configuration-set": ["vardrum-test"], "message_id": [message_id]},
        },
        event_type.lower(): {"recipients": ["anna@example.se"]},
    }
    return json.dumps({"source": "aws.ses", "detail-type": "Email", "detail": detail} if enveloped else detail)


def log_event(*lines: str, kind: str = "DATA_MESSAGE") -> dict[str, Any]:
    """As CloudWatch Logs hands it to a subscribed function."""
    given = {
        "messageType": kind,
        "owner": "123456789012",
        "logGroup": "sns/eu-north-1/123456789012/DirectPublishToPhoneNumber",
        "logStream": "1",
        "subscriptionFilters": ["f"],
        "logEvents": [{"id": str(n), "timestamp": 1, "message": line} for n, line in enumerate(lines)],
    }
    return {"awslogs": {"data": b64encode(gzip.compress(json.dumps(given).encode())).decode()}}
