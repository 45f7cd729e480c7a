from flask_login import UserMixin


class Mediator(UserMixin):
    def __init__(self, ident):
        self.id = ident


def load_mediator(ident):
    return Mediator(ident)
