from flask_sqlalchemy import SQLAlchemy
from marshmallow import Schema, fields, validate
from sqlalchemy.orm import Mapped, mapped_column

db = SQLAlchemy()


class Harvest(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    keeper_id: Mapped[int]
    hive: Mapped[str]
    kilos: Mapped[float]
    note: Mapped[str | None]


class HarvestSchema(Schema):
    hive = fields.String(required=True, validate=validate.Regexp(r"\A[A-Z]{2}\d{1,3}\Z"))
    kilos = fields.Float(required=True, validate=validate.Range(min=0, max=200))
    note = fields.String(validate=validate.Length(max=300))
