"""Seat reservation for a cinema, counted in Redis by a Lua script."""

import os

import redis
from flask import Flask, jsonify, request

app = Flask(__name__)

RESERVE = """
local free = tonumber(redis.call('GET', KEYS[1]) or '0')
local wanted = tonumber(ARGV[1])
if wanted == nil or wanted < 1 or wanted > free then return -1 end
return redis.call('DECRBY', KEYS[1], wanted)
"""


class Seats:
    def __init__(self, client, show):
        self.client = client
        self.key = f"show:{show}:free"

    def reserve(self, count):
        return self.client.eval(RESERVE, 1, self.key, count)  # <- safe


@app.post("/shows/<show>/seats")
def reserve(show):
    client = redis.Redis.from_url(os.environ["REDIS_URL"])
    left = Seats(client, show).reserve(request.form.get("count", "1"))
    if left < 0:
        return jsonify(error="not enough seats"), 409
    return jsonify(left=left)
