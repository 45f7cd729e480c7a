from flask_login import UserMixin

MOORINGS = {
    1: {"number": 1, "tenant": "s1", "boat": "Petrel"},
    2: {"number": 2, "tenant": "s2", "boat": "Dunlin"},
    3: {"number": 3, "tenant": None, "boat": None},
}


class Skipper(UserMixin):
    def __init__(self, ident):
        self.id = ident


def load_skipper(ident):
    return Skipper(ident)
