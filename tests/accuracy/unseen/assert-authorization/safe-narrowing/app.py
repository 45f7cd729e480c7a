"""Payslips of a cleaning firm, shown to the employee and to the pay office."""

import os

from flask import Flask, abort, jsonify, session
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Mapped, mapped_column

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db = SQLAlchemy(app)


class Employee(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    pay_office: Mapped[bool] = mapped_column(default=False)


class Payslip(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    employee_id: Mapped[int]
    net_cents: Mapped[int]


def current_employee() -> Employee | None:
    number = session.get("employee")
    return db.session.get(Employee, number) if number else None


def readable_by(employee: Employee | None, slip: Payslip) -> bool:
    if employee is None:
        return False
    return employee.pay_office or employee.id == slip.employee_id


@app.get("/payslips/<int:number>")
def payslip(number):
    employee = current_employee()
    slip = db.get_or_404(Payslip, number)
    if not readable_by(employee, slip):
        abort(404)
    assert employee is not None and (employee.pay_office or employee.id == slip.employee_id)  # <- safe
    return jsonify(net=slip.net_cents, own=employee.id == slip.employee_id)
