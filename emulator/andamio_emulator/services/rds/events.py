"""Event subscriptions: changes of one."""

from __future__ import annotations

from typing import Any, Dict

from andamio_emulator.errors import AwsError
from andamio_emulator.extension import Call, operation
from andamio_emulator.services.rds.instances import set_arguments

# Arguments, and moto's attributes for them.
CHANGEABLE = {
    "Enabled": "enabled",
    "EventCategories": "event_categories",
    "SnsTopicArn": "sns_topic_arn",
    "SourceType": "source_type",
}


def _subscription(call: Call, name: str) -> Any:
    subscription = call.backend().event_subscriptions.get(name)
    if subscription is None:
        raise AwsError("SubscriptionNotFound", f"Subscription {name} not found.", 404)
    return subscription


@operation("rds", "ModifyEventSubscription")
def modify_subscription(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    """moto cannot change a subscription."""
    subscription = _subscription(call, params["SubscriptionName"])
    set_arguments(subscription, CHANGEABLE, params)
    return {"EventSubscription": subscription}


@operation("rds", "AddSourceIdentifierToSubscription")
def add_source(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    subscription = _subscription(call, params["SubscriptionName"])
    subscription.source_ids = [*subscription.source_ids, params["SourceIdentifier"]]
    return {"EventSubscription": subscription}


@operation("rds", "RemoveSourceIdentifierFromSubscription")
def remove_source(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    subscription = _subscription(call, params["SubscriptionName"])
    subscription.source_ids = [each for each in subscription.source_ids if each != params["SourceIdentifier"]]
    return {"EventSubscription": subscription}
