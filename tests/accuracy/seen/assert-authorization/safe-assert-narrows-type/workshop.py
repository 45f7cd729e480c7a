from dataclasses import dataclass


@dataclass(frozen=True)
class Smith:
    name: str
    roles: frozenset[str]


smiths: dict[int, Smith] = {
    1: Smith("Greta", frozenset({"read", "price"})),
    2: Smith("Paul", frozenset({"read"})),
}
ORDERS: dict[int, dict] = {31: {"what": "pocket watch", "cents": 0}}
