"""Upload of turnover sheets that an older desktop till wrote as pickles of dates and decimals."""

import datetime
import decimal
import io
import os
import pickle

from flask import Flask, abort, jsonify, request

app = Flask(__name__)
app.config.update(SECRET_KEY=os.environ["SECRET_KEY"], MAX_CONTENT_LENGTH=512 * 1024)

GLOBALS = {
    ("datetime", "date"): datetime.date,
    ("decimal", "Decimal"): decimal.Decimal,
}


class SheetUnpickler(pickle.Unpickler):
    def find_class(self, module, name):
        try:
            return GLOBALS[module, name]
        except KeyError:
            raise pickle.UnpicklingError("a sheet holds dates and decimals only") from None

    def persistent_load(self, pid):
        raise pickle.UnpicklingError("a sheet holds no references")


def read_sheet(raw):
    rows = SheetUnpickler(io.BytesIO(raw)).load()  # <- safe
    if type(rows) is not list:
        raise pickle.UnpicklingError("a sheet is a list")
    for day, amount in rows:
        if type(day) is not datetime.date or type(amount) is not decimal.Decimal:
            raise pickle.UnpicklingError("a row is a date and an amount")
        yield day.isoformat(), str(amount)


@app.post("/tills/<int:till>/sheets")
def sheets(till):
    try:
        rows = dict(read_sheet(request.files["sheet"].read()))
    except (pickle.UnpicklingError, ValueError, TypeError, EOFError):
        abort(422)
    return jsonify(till=till, days=rows)
