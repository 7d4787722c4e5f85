"""ACM."""

from __future__ import annotations

from typing import Any, Dict

from tests.support import PatchTest


class CertificateTest(PatchTest):
    def request(self, **arguments: Any) -> Dict[str, Any]:
        acm = self.client("acm")
        arn = acm.request_certificate(DomainName="www.example.org", **arguments)["CertificateArn"]
        return acm.describe_certificate(CertificateArn=arn)["Certificate"]

    def test_key_algorithm_comes_back(self) -> None:
        """moto says RSA_2048 of every certificate: ``key_algorithm`` would replace it in every plan."""
        self.assertEqual("EC_prime256v1", self.request(KeyAlgorithm="EC_prime256v1")["KeyAlgorithm"])

    def test_validation_by_email_comes_back(self) -> None:
        """moto says DNS of every certificate: ``validation_method`` would replace it in every plan."""
        option = self.request(ValidationMethod="EMAIL")["DomainValidationOptions"][0]
        self.assertEqual("EMAIL", option["ValidationMethod"])
        self.assertIn("postmaster@www.example.org", option["ValidationEmails"])
