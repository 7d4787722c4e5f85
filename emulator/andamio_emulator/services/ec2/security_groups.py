"""Rules of security groups: descriptions of all kinds of rules, and changing a rule in place."""

from __future__ import annotations

from typing import Any, Dict, Iterator, Tuple

from andamio_emulator.errors import AwsError
from andamio_emulator.extension import Call, after, operation


@after("ec2", "AuthorizeSecurityGroupIngress", "AuthorizeSecurityGroupEgress")
def keep_descriptions(call: Call, answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    """moto keeps the description of a rule with a CIDR, and drops it where the peer is a group or a prefix list."""
    descriptions = dict(_peer_descriptions(params))
    for described in answer.get("SecurityGroupRules", ()):
        peer = described.get("PrefixListId") or described.get("ReferencedGroupInfo", {}).get("GroupId")
        if peer in descriptions:
            described["Description"] = descriptions[peer]
            _describe(_find_rule(call, described["SecurityGroupRuleId"]), descriptions[peer])


def _peer_descriptions(params: Dict[str, Any]) -> Iterator[Tuple[str, str]]:
    for permission in params.get("IpPermissions", ()):
        for peer in permission.get("UserIdGroupPairs", ()):
            if "GroupId" in peer and "Description" in peer:
                yield peer["GroupId"], peer["Description"]
        for peer in permission.get("PrefixListIds", ()):
            if "Description" in peer:
                yield peer["PrefixListId"], peer["Description"]


def _describe(rule: Any, text: str) -> None:
    # This is where moto looks for the description of a rule, of whatever kind the rule is.
    rule.ip_range["Description"] = text


def _find_rule(call: Call, rule_id: str) -> Any:
    for groups in call.backend().groups.values():
        for group in groups.values():
            rule = group.get_rule(rule_id)
            if rule is not None:
                return rule
    raise AwsError("InvalidSecurityGroupRuleId.NotFound", f"The security group rule ID '{rule_id}' does not exist")


@operation("ec2", "ModifySecurityGroupRules")
def modify_rules(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    """moto changes rules for IPv4 CIDRs with ports only: not for groups, prefix lists, IPv6, nor for all traffic."""
    for change in params["SecurityGroupRules"]:
        rule, wanted = _find_rule(call, change["SecurityGroupRuleId"]), change["SecurityGroupRule"]
        rule.ip_protocol = wanted.get("IpProtocol", rule.ip_protocol)
        all_traffic = rule.ip_protocol == "-1"
        rule.from_port = None if all_traffic else wanted.get("FromPort", rule.from_port)
        rule.to_port = None if all_traffic else wanted.get("ToPort", rule.to_port)
        for name, key in (("CidrIpv4", "CidrIp"), ("CidrIpv6", "CidrIpv6")):
            if name in wanted:
                rule.ip_range[key] = wanted[name]
        if "PrefixListId" in wanted:
            rule.prefix_list_id = wanted["PrefixListId"]
        if "ReferencedGroupId" in wanted:
            rule.source_group = {**rule.source_group, "GroupId": wanted["ReferencedGroupId"]}
        _describe(rule, wanted.get("Description", ""))
    return {"Return": True}
