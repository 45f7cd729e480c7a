"""Stock updates of a tile shop, sent by suppliers as XML."""

from io import BytesIO

from flask import Flask, jsonify, request

from stockfile import read_stock

app = Flask(__name__)


@app.put("/suppliers/<int:supplier>/stock")
def update_stock(supplier):
    stream = BytesIO(request.get_data())
    counts, remark = read_stock(stream)
    return jsonify(supplier=supplier, articles=len(counts), remark=remark)
