"""Payment return of a parking app, which sends the driver back to the ticket."""

from urllib.parse import urljoin, urlsplit

from flask import Flask, make_response, request
from pydantic import BaseModel, ValidationError

app = Flask(__name__)


class Payment(BaseModel):
    ticket: int
    state: str = "open"
    back: str = "tickets"
    shop: str = "/"


def same_host(url):
    return urlsplit(url).netloc in ("", urlsplit(request.host_url).netloc)


@app.get("/payments/return")
def payment_return():
    try:
        payment = Payment(**request.args.to_dict())
    except ValidationError:
        return {"error": "incomplete"}, 400
    if not same_host(payment.shop):
        return {"error": "foreign address"}, 400
    response = make_response({"ticket": payment.ticket, "state": payment.state}, 302)
    response.headers["Location"] = urljoin(request.host_url, payment.back)  # <- weak
    return response
