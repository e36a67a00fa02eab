"""What Amazon SNS and SES tell of a message afterwards, as they write it."""

import json


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
