"""Shop front whose WSGI layer remembers the campaign a visitor came from."""

from flask import Flask, jsonify

from campaign import CampaignCookie

app = Flask(__name__)

OFFERS = {"spring": ["tulips", "seeds"], "autumn": ["bulbs", "rakes"]}


@app.get("/offers/<season>")
def offers(season):
    return jsonify(OFFERS.get(season, []))


app.wsgi_app = CampaignCookie(app.wsgi_app)
