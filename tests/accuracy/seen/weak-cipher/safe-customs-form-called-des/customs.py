import secrets
from dataclasses import asdict, dataclass

TARIFFS = {"6403.99": 8, "8712.00": 14, "9503.00": 0}


@dataclass
class DES:
    """A despatch entry summary; ECB is the East Coast Bureau."""

    MODE_ECB = "east-coast-bureau"

    owner: int
    office: str
    tariff: str
    weight: int
    reference: str = ""

    @classmethod
    def new(cls, owner, office, **fields):
        return cls(owner, office, reference=secrets.token_hex(6), **fields)

    def as_dict(self):
        return asdict(self) | {"duty": TARIFFS[self.tariff]}
