import pandas


def tidy(text):
    return text.strip().replace("\n", " ").title()


class GuestList:
    columns = ("name", "diet", "table")

    def __init__(self):
        self.guests = []

    def add(self, **guest):
        self.guests.append({column: tidy(guest[column]) for column in self.columns})

    def to_csv(self):
        frame = pandas.DataFrame(self.guests, columns=list(self.columns))
        return frame.to_csv(index=False, sep=";")  # <- weak
