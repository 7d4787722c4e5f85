"""DNSSEC signing: moto knows no key-signing keys and says of every zone that it is not signed.

Nothing is signed here either: the key's public part and its digest are made from the name of the KMS key.
"""

from __future__ import annotations

import hashlib
from typing import Any, Dict

from andamio_emulator.errors import AwsError
from andamio_emulator.extension import Call, now, operation

FLAG = 257
ALGORITHM, DIGEST = 13, 2  # ECDSAP256SHA256 and SHA-256: the only ones that Route 53 has


def _zone_id(params: Dict[str, Any]) -> str:
    return params["HostedZoneId"].rpartition("/")[2]


def _keys(call: Call, zone_id: str) -> Dict[str, Dict[str, Any]]:
    return call.global_table("key-signing keys").setdefault(zone_id, {})


def _key(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    key = _keys(call, _zone_id(params)).get(params["Name"])
    if key is None:
        raise AwsError("NoSuchKeySigningKey", f"No key-signing key {params['Name']} in this hosted zone", 404)
    return key


def _change() -> Dict[str, Any]:
    return {"ChangeInfo": {"Id": "/change/C1PA6795UKMFR9", "Status": "INSYNC", "SubmittedAt": now()}}


@operation("route53", "CreateKeySigningKey")
def create_key(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    zone_id, name = _zone_id(params), params["Name"]
    call.backend().get_hosted_zone(zone_id)
    if name in _keys(call, zone_id):
        raise AwsError("KeySigningKeyAlreadyExists", f"{name} exists in this hosted zone", 409)
    digest = hashlib.sha256(params["KeyManagementServiceArn"].encode()).hexdigest().upper()
    public_key, key_tag = digest[:44], int(digest[:4], 16)
    key = {
        "Name": name,
        "KmsArn": params["KeyManagementServiceArn"],
        "Flag": FLAG,
        "SigningAlgorithmMnemonic": "ECDSAP256SHA256",
        "SigningAlgorithmType": ALGORITHM,
        "DigestAlgorithmMnemonic": "SHA-256",
        "DigestAlgorithmType": DIGEST,
        "KeyTag": key_tag,
        "DigestValue": digest,
        "PublicKey": public_key,
        "DSRecord": f"{key_tag} {ALGORITHM} {DIGEST} {digest}",
        "DNSKEYRecord": f"{FLAG} 3 {ALGORITHM} {public_key}",
        "Status": params["Status"],
        "CreatedDate": now(),
        "LastModifiedDate": now(),
    }
    _keys(call, zone_id)[name] = key
    location = f"https://route53.amazonaws.com/2013-04-01/keysigningkey/{zone_id}/{name}"
    return {**_change(), "KeySigningKey": key, "Location": location}


@operation("route53", "ActivateKeySigningKey", "DeactivateKeySigningKey")
def switch_key(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    status = "ACTIVE" if call.operation == "ActivateKeySigningKey" else "INACTIVE"
    _key(call, params).update(Status=status, LastModifiedDate=now())
    return _change()


@operation("route53", "DeleteKeySigningKey")
def delete_key(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    if _key(call, params)["Status"] == "ACTIVE":
        raise AwsError("InvalidKeySigningKeyStatus", "The key-signing key is active: deactivate it first")
    _keys(call, _zone_id(params)).pop(params["Name"])
    return _change()


@operation("route53", "EnableHostedZoneDNSSEC", "DisableHostedZoneDNSSEC")
def switch_signing(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    zone_id = _zone_id(params)
    call.backend().get_hosted_zone(zone_id)
    call.global_table("signing")[zone_id] = call.operation == "EnableHostedZoneDNSSEC"
    return _change()


@operation("route53", "GetDNSSEC")
def get_dnssec(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    zone_id = _zone_id(params)
    call.backend().get_hosted_zone(zone_id)
    signing = call.global_table("signing").get(zone_id, False)
    status = {"ServeSignature": "SIGNING" if signing else "NOT_SIGNING"}
    return {"Status": status, "KeySigningKeys": list(_keys(call, zone_id).values())}
