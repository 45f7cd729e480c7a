"""Feed reader of a news desk that fetches the feeds of an OPML upload."""

import asyncio

import aiohttp
from defusedxml import ElementTree
from flask import Flask, jsonify, request

app = Flask(__name__)


def feed_addresses(opml):
    for outline in ElementTree.fromstring(opml).iter("outline"):
        if outline.get("type") == "rss":
            yield outline.get("text", "feed"), outline.get("xmlUrl", "")


async def fetch(client, address):
    async with client.get(address) as answer:  # <- weak
        return answer.status, len(await answer.read())


async def fetch_all(feeds):
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=15)) as client:
        jobs = {name: fetch(client, address) for name, address in feeds if address}
        results = await asyncio.gather(*jobs.values(), return_exceptions=True)
    return dict(zip(jobs, results))


@app.post("/feeds/import")
async def import_feeds():
    upload = request.files["opml"]
    results = await fetch_all(feed_addresses(upload.read()))
    return jsonify({name: None if isinstance(result, Exception) else result[0] for name, result in results.items()})
