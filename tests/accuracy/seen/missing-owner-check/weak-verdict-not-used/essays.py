from dataclasses import asdict, dataclass

from flask_login import UserMixin

ESSAYS = {}


class Pupil(UserMixin):
    def __init__(self, ident):
        self.id = int(ident)


@dataclass
class Essay:
    id: int
    author_id: int
    title: str
    text: str = ""
    submitted: bool = False

    def as_dict(self):
        return asdict(self)


def load_pupil(ident):
    return Pupil(ident)


def new_essay(author_id, title):
    essay = Essay(len(ESSAYS) + 1, author_id, title)
    ESSAYS[essay.id] = essay
    return essay


def get_essay(number):
    return ESSAYS.get(number)
