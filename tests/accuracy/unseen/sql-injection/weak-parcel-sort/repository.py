import sqlite3

COLUMNS = {"arrived": "arrived_at DESC", "weight": "weight_g", "recipient": "recipient_name COLLATE NOCASE"}


class Repository:
    path = "/var/lib/hub/parcels.db"

    def fetch(self, statement, values):
        connection = sqlite3.connect(self.path)
        connection.row_factory = sqlite3.Row
        try:
            return connection.execute(statement, values).fetchall()  # <- weak
        finally:
            connection.close()


class ParcelRepository(Repository):
    base = "SELECT id, recipient_name, weight_g, arrived_at FROM parcels WHERE hub_id = ? AND status = ?"

    def ordering(self, wanted):
        return COLUMNS.get(wanted, wanted)

    def listing(self, hub_id, paging):
        statement = " ".join([self.base, "ORDER BY", self.ordering(paging["order"]), "LIMIT ?"])
        return super().fetch(statement, (hub_id, paging["status"], paging["limit"]))
