from flask import jsonify
from flask.views import MethodView
from flask_login import login_required

from .model import Given, Medicine, db


class Resource(MethodView):
    init_every_request = False

    def found(self, kind, number):
        return db.get_or_404(kind, number)


class MedicineList(Resource):
    decorators = [login_required]

    def get(self):
        rows = db.session.scalars(db.select(Medicine).order_by(Medicine.name))
        return jsonify([{"id": row.id, "name": row.name, "stock": row.stock} for row in rows])


class MedicineItem(Resource):
    decorators = [login_required]

    def get(self, number):
        medicine = self.found(Medicine, number)
        return jsonify(name=medicine.name, stock=medicine.stock)


class GivenList(Resource):
    def get(self, number):  # <- weak
        rows = db.session.scalars(db.select(Given).filter_by(medicine_id=number).order_by(Given.at))
        return jsonify([{"resident": row.resident, "at": row.at.isoformat()} for row in rows])


def register(app):
    app.add_url_rule("/medicines", view_func=MedicineList.as_view("medicines"))
    app.add_url_rule("/medicines/<int:number>", view_func=MedicineItem.as_view("medicine"))
    app.add_url_rule("/medicines/<int:number>/given", view_func=GivenList.as_view("given"))
