import hashlib
import hmac
import json
from dataclasses import dataclass

import httpx


@dataclass(frozen=True)
class BrokerSettings:
    endpoint: str
    shipper: str = "NL-2207"
    hmac_material: bytes = bytes.fromhex("9f3c02d7b1e84a6688f05ad1c7730e2b5d14a9c6e07f4831")  # <- weak
    timeout: float = 8.0


class Broker:
    def __init__(self, settings):
        self.settings = settings

    def _headers(self, body):
        mac = hmac.new(self.settings.hmac_material, body, hashlib.sha256)
        return {"X-Shipper": self.settings.shipper, "X-Signature": mac.hexdigest()}

    def announce(self, content):
        body = json.dumps(content, sort_keys=True).encode()
        answer = httpx.post(
            self.settings.endpoint, content=body, headers=self._headers(body), timeout=self.settings.timeout
        )
        answer.raise_for_status()
        return answer.json()["reference"]
