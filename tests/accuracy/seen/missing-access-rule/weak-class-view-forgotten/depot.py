from flask import abort
from flask_login import UserMixin


class Nurse(UserMixin):
    def __init__(self, ident):
        self.id = ident


def load_nurse(ident):
    return Nurse(ident)


class Depot:
    def __init__(self):
        self._doses = {"measles": 120, "tetanus": 300}

    def count(self, vaccine):
        return self._doses.get(vaccine) if vaccine in self._doses else abort(404)

    def add(self, vaccine, doses):
        if not 0 < doses <= 1000:
            abort(422)
        self._doses[vaccine] = self.count(vaccine) + doses
        return self._doses[vaccine]

    def batches(self):
        return sorted(self._doses)

    def withdraw(self, vaccine):
        self._doses.pop(vaccine, None)
