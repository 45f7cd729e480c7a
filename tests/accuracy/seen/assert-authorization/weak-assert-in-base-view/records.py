from dataclasses import dataclass, field


@dataclass
class User:
    name: str
    rights: frozenset = field(default_factory=frozenset)

    @classmethod
    def guest(cls):
        return cls("guest")


users = {1: User("harbour", frozenset({"read", "edit"})), 2: User("crew", frozenset({"read"}))}
RECORDS = {501: {"berth": "A4"}, 502: {"berth": "C1"}}
