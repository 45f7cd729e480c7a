from typing import NamedTuple


class Swimmer(NamedTuple):
    name: str
    metres: int


SWIMMERS = {1: Swimmer("Ines", 50), 2: Swimmer("Tom", 200)}


def find_swimmer(number):
    return SWIMMERS.get(number)
