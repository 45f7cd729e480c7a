import csv
import tempfile
from pathlib import Path


class Summary:
    columns = ("employee", "gross", "net")

    def __init__(self, client, year):
        self.client = client
        self.year = year

    @property
    def path(self):
        folder = Path(tempfile.gettempdir())
        return folder.joinpath("payroll_%d_%d.csv" % (self.client, self.year))

    def write(self, rows):
        with self.path.open("w", newline="") as target:  # <- weak
            writer = csv.DictWriter(target, self.columns, extrasaction="ignore")
            writer.writeheader()
            for row in rows:
                writer.writerow({name: f"{row[name]:.2f}" if name != "employee" else int(row[name]) for name in row})
