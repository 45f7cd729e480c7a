"""Newsletter service in which shop owners write their own campaign mails."""

import os

from flask import Flask, jsonify, request
from flask_login import LoginManager, current_user, login_required

from campaigns import Campaign, db

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db.init_app(app)
login_manager = LoginManager(app)


@app.post("/campaigns")
@login_required
def create():
    draft = request.get_json()
    campaign = Campaign(shop_id=current_user.shop_id, subject=draft["subject"], body=draft["body"])
    db.session.add(campaign)
    db.session.commit()
    return jsonify(id=campaign.id), 201


@app.get("/campaigns/<int:campaign_id>/preview")
@login_required
def preview(campaign_id):
    query = db.select(Campaign).filter_by(id=campaign_id, shop_id=current_user.shop_id)
    campaign = db.first_or_404(query)
    return jsonify(subject=campaign.subject, text=campaign.rendered(customer="Alex Sample"))
