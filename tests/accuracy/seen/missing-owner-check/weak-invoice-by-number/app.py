"""Invoices that the customers of a plumber can look at."""

import os

from flask import Flask, jsonify
from flask_login import LoginManager, UserMixin, current_user, login_required
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
app.config.update(SECRET_KEY=os.environ["SECRET_KEY"], SQLALCHEMY_DATABASE_URI=os.environ["DATABASE_URL"])
db = SQLAlchemy(app)
login_manager = LoginManager(app)


class Customer(UserMixin, db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String(80))


class Invoice(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    customer_id = db.Column(db.ForeignKey("customer.id"), nullable=False)
    cents = db.Column(db.Integer, nullable=False)
    paid = db.Column(db.Boolean, default=False)

    def as_dict(self):
        return {"id": self.id, "cents": self.cents, "paid": self.paid}


@login_manager.user_loader
def load(ident):
    return db.session.get(Customer, int(ident))


@app.get("/invoices")
@login_required
def invoices():
    own = db.select(Invoice).filter_by(customer_id=current_user.id)
    return jsonify([invoice.as_dict() for invoice in db.session.scalars(own)])


@app.get("/invoices/<int:number>/state")
@login_required
def state(number):
    invoice = db.first_or_404(db.select(Invoice).filter_by(id=number, customer_id=current_user.id))
    return jsonify(paid=invoice.paid)


@app.get("/invoices/<int:number>")
@login_required
def invoice(number):  # <- weak
    found = db.get_or_404(Invoice, number)
    return jsonify(found.as_dict())
