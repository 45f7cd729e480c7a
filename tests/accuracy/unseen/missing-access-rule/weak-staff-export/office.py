import csv
import io
import os
from functools import wraps

from flask import Blueprint, Response, abort, jsonify
from flask_login import current_user, login_required
from redis import Redis

office = Blueprint("office", __name__)
store = Redis.from_url(os.environ["REDIS_URL"], decode_responses=True)
FIELDS = ("seat", "customer_number", "cents")


def staff_only(view):
    @wraps(view)
    @login_required
    def guarded(*args, **kwargs):
        if not current_user.is_staff:
            abort(403)
        return view(*args, **kwargs)

    return guarded


def sold(show):
    for key in store.scan_iter(f"sale:{show}:*"):
        yield store.hgetall(key)


@office.get("/shows/<int:show>/sales")
@staff_only
def sales(show):
    return jsonify(list(sold(show)))


@office.get("/shows/<int:show>/sales.csv")
def sales_table(show):  # <- weak
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow(FIELDS)
    writer.writerows([int(sale[field]) for field in FIELDS] for sale in sold(show))
    return Response(target.getvalue(), mimetype="text/csv", headers={"Content-Disposition": "attachment"})


@office.post("/shows/<int:show>/sales/<int:seat>/refund")
@staff_only
def refund(show, seat):
    removed = store.delete(f"sale:{show}:{seat}")
    return jsonify(refunded=bool(removed))
