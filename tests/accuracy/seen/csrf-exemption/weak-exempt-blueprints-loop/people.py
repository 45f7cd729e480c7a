from flask_login import UserMixin


class Guest(UserMixin):
    def __init__(self, ident):
        self.id = ident


def load_guest(ident):
    return Guest(ident)
