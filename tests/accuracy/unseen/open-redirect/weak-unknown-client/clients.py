from dataclasses import dataclass


@dataclass(frozen=True)
class Client:
    name: str
    logout_addresses: frozenset[str]


CLIENTS = {
    "intranet": Client("Intranet", frozenset({"/signed-out", "https://intranet.example/bye"})),
    "travel": Client("Travel costs", frozenset({"/signed-out", "https://travel.example/"})),
}
