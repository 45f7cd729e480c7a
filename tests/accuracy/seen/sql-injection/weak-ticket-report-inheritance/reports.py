import os

import pymysql


class Report:
    table = "ticket"

    def __init__(self, **options):
        self.options = options

    def where(self):
        return "1 = 1"

    def rows(self):
        connection = pymysql.connect(
            host=os.environ["DB_HOST"], user=os.environ["DB_USER"], password=os.environ["DB_PASSWORD"], database="desk"
        )
        with connection, connection.cursor() as cursor:
            cursor.execute("SELECT id, subject FROM " + self.table + " WHERE " + self.where())  # <- weak
            return cursor.fetchall()


class OpenTickets(Report):
    def where(self):
        return "state = 'open'"


class TicketsByAgent(OpenTickets):
    def where(self):
        agent = self.options.get("agent", "nobody")
        return super().where() + " AND agent = '{}'".format(agent)
