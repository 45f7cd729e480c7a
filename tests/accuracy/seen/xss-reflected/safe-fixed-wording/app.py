"""Notice page of a vaccination clinic in the language that the visitor asks for."""

from flask import Flask, request

app = Flask(__name__)

WORDING = {
    "en": ("Your appointment", "Please bring your card."),
    "sv": ("Din tid", "Ta med ditt kort."),
    "fr": ("Votre rendez-vous", "Apportez votre carte."),
}


def wording_for(language):
    title, advice = WORDING.get(language, WORDING["en"])
    return {"title": title, "advice": advice}


@app.route("/notice", methods=["GET", "POST"])
def notice():
    language = request.values.get("lang", "en")
    room = request.values.get("room", default=0, type=int)
    words = wording_for(language)
    words["room"] = room
    if room:
        template = "<h1>{title}</h1><p>{advice}</p><p>{room}</p>"
    else:
        template = "<h1>{title}</h1><p>{advice}</p>"
    return template.format(**words)  # <- safe
