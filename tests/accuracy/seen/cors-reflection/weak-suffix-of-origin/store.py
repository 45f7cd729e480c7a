import os

import psycopg


def invoices_of(firm):
    with psycopg.connect(os.environ["LEDGER_DSN"]) as conn:
        rows = conn.execute("SELECT number, cents FROM invoices WHERE firm_id = %s", (firm,)).fetchall()
    return [{"number": number, "cents": cents} for number, cents in rows]
