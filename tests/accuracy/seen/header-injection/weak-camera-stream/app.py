"""Control of network cameras in an animal hospital via RTSP messages."""

import asyncio

from flask import Flask, abort, jsonify, request

app = Flask(__name__)
CAMERAS = {1: "cam-stable.internal", 2: "cam-ward.internal"}


def rtsp_message(method, host, sequence=1, **fields):
    text = f"{method} rtsp://{host}/live RTSP/1.0\r\nCSeq: {sequence}\r\n"
    for name, value in fields.items():
        text += "%s: %s\r\n" % (name.replace("_", "-").title(), value)
    return text + "\r\n"


async def exchange(host, message):
    reader, writer = await asyncio.open_connection(host, 554)
    try:
        writer.write(message.encode())  # <- weak
        await writer.drain()
        return await reader.readline()
    finally:
        writer.close()


@app.post("/cameras/<int:camera>/describe")
async def describe(camera):
    host = CAMERAS.get(camera) or abort(404)
    body = request.get_json()
    fields = {"accept": "application/sdp", "user_agent": body.get("viewer", "nurse desk")}
    status = await exchange(host, rtsp_message("DESCRIBE", host, **fields))
    return jsonify(ok=b" 200 " in status)
