"""Spot instances: moto marks them as such, and forgets how they were asked for."""

from __future__ import annotations

from typing import Any, Dict

from andamio_emulator.extension import PASS_ON, Call, after, new_id, now, operation

REQUEST = "spot request"
# In the answer where no highest price is named, AWS has the on-demand price of the type; this one is made up.
ON_DEMAND_PRICE = 0.1


@after("ec2", "RunInstances")
def keep_spot_request(call: Call, answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    """RunInstances makes a request for each spot instance; the provider reads ``instance_market_options`` from that."""
    market = params.get("InstanceMarketOptions", {})
    if market.get("MarketType") != "spot":
        return
    options = market.get("SpotOptions", {})
    for described in answer.get("Instances", ()):
        request_id = new_id("sir")
        call.table(REQUEST)[request_id] = {
            "SpotInstanceRequestId": request_id,
            "InstanceId": described["InstanceId"],
            "CreateTime": now(),
            "State": "active",
            "Status": {"Code": "fulfilled", "Message": "", "UpdateTime": now()},
            "Type": options.get("SpotInstanceType", "one-time"),
            "InstanceInterruptionBehavior": options.get("InstanceInterruptionBehavior", "terminate"),
            # AWS answers with six decimals, however the price was written.
            "SpotPrice": f"{float(options.get('MaxPrice', ON_DEMAND_PRICE)):.6f}",
        }
        call.backend().get_instance(described["InstanceId"]).spot_instance_request_id = request_id
        described["SpotInstanceRequestId"] = request_id


@operation("ec2", "DescribeSpotInstanceRequests")
def describe_spot_requests(call: Call, params: Dict[str, Any]) -> Any:
    ids = params.get("SpotInstanceRequestIds", [])
    known = call.table(REQUEST)
    if not ids or any(each not in known for each in ids):
        return PASS_ON
    return {"SpotInstanceRequests": [known[each] for each in ids]}


@operation("ec2", "CancelSpotInstanceRequests")
def cancel_spot_requests(call: Call, params: Dict[str, Any]) -> Any:
    """The instance stays: it is terminated by itself."""
    known = call.table(REQUEST)
    if any(each not in known for each in params["SpotInstanceRequestIds"]):
        return PASS_ON
    for request_id in params["SpotInstanceRequestIds"]:
        known[request_id]["State"] = "cancelled"
    cancelled = [{"SpotInstanceRequestId": each, "State": "cancelled"} for each in params["SpotInstanceRequestIds"]]
    return {"CancelledSpotInstanceRequests": cancelled}
