"""Tracking page of a mail order chemist that asks the parcel carriers for the state."""

import asyncio

import httpx
from flask import Flask, abort, jsonify, request

app = Flask(__name__)


class Carriers:
    def __init__(self, table):
        self.table = table

    def __getitem__(self, name):
        if name not in self.table:
            abort(404)
        return self.table[name]


carriers = Carriers({"yellow": "https://api.yellow.example/track", "swift": "https://swift.example/v3/parcels"})


async def state_of(client, carrier, number):
    address = carriers[carrier]
    answer = await client.get(address, params={"number": number})  # <- safe
    return answer.json().get("state", "unknown") if answer.status_code == 200 else "unknown"


async def states(carrier, numbers):
    async with httpx.AsyncClient(timeout=6, follow_redirects=False) as client:
        return await asyncio.gather(*(state_of(client, carrier, number) for number in numbers))


@app.get("/parcels/<carrier>")
def parcels(carrier):
    numbers = request.args.getlist("number")[:10]
    found = asyncio.run(states(carrier, numbers))
    return jsonify(dict(zip(numbers, found)))
