import os

import psycopg
from psycopg.rows import dict_row


def connect():
    return psycopg.connect(os.environ["HOME_DSN"], row_factory=dict_row)


def all_of(household):
    with connect() as conn:
        return conn.execute("SELECT id, label FROM alarms WHERE household_id = %s", (household,)).fetchall()


def add(household, label):
    sql = "INSERT INTO alarms (household_id, label) VALUES (%s, %s) RETURNING id"
    with connect() as conn:
        return conn.execute(sql, (household, label)).fetchone()["id"]


def rename(alarm, household, label):
    sql = "UPDATE alarms SET label = %s WHERE id = %s AND household_id = %s"
    with connect() as conn:
        return conn.execute(sql, (label, alarm, household)).rowcount


def drop(alarm):
    with connect() as conn:
        return conn.execute("DELETE FROM alarms WHERE id = %s", (alarm,)).rowcount
