import os

import psycopg
from marshmallow import Schema, fields, validate


class TripSchema(Schema):
    water = fields.String(required=True, validate=validate.OneOf(["lake", "river", "canal"]))
    day = fields.Date(required=True)


class CatchSchema(Schema):
    species = fields.String(required=True, validate=validate.Length(2, 60))
    grams = fields.Integer(required=True, strict=True, validate=validate.Range(1, 100_000))


def insert(sql, *values):
    with psycopg.connect(os.environ["FISHING_DSN"]) as conn:
        return conn.execute(sql, values).fetchone()[0]


def save_trip(angler, water, day):
    return insert("INSERT INTO trips (angler_id, water, day) VALUES (%s, %s, %s) RETURNING id", angler, water, day)


def save_catch(angler, species, grams):
    sql = "INSERT INTO catches (angler_id, species, grams) VALUES (%s, %s, %s) RETURNING id"
    return insert(sql, angler, species, grams)
