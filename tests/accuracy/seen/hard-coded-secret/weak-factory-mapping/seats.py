class SeatPlan:
    def __init__(self, rows, per_row):
        self._taken = {}
        self._all = [f"{row}{n}" for row in rows for n in range(1, per_row + 1)]

    def free(self):
        return [seat for seat in self._all if seat not in self._taken]

    def take(self, seat, name):
        self._taken[seat] = name
