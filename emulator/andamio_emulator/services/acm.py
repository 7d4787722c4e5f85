"""ACM: how a certificate was asked for."""

from __future__ import annotations

from typing import Any, Dict

from andamio_emulator.extension import Call, after

REQUESTED = ("KeyAlgorithm", "ValidationMethod")
MAILBOXES = ("admin", "administrator", "hostmaster", "postmaster", "webmaster")


@after("acm", "RequestCertificate")
def remember_request(call: Call, answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    wanted = {field: params[field] for field in REQUESTED if field in params}
    call.table("request")[answer["CertificateArn"]] = wanted


@after("acm", "DescribeCertificate")
def show_request(call: Call, answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    """moto says RSA_2048 and DNS of every certificate: another key or validation would replace it in every plan."""
    certificate = answer["Certificate"]
    wanted = call.table("request").get(params["CertificateArn"], {})
    # As moto, ACM writes RSA_2048 with an underscore here and a hyphen elsewhere; the provider knows both.
    certificate["KeyAlgorithm"] = wanted.get("KeyAlgorithm", certificate.get("KeyAlgorithm"))
    if wanted.get("ValidationMethod") == "EMAIL":
        for option in certificate.get("DomainValidationOptions", ()):
            option.pop("ResourceRecord", None)
            option["ValidationMethod"] = "EMAIL"
            option["ValidationEmails"] = [f"{mailbox}@{option['DomainName']}" for mailbox in MAILBOXES]
