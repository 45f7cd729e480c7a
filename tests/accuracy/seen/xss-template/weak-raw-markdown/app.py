"""Preview of a job advert, written in Markdown by the employer."""

import markdown
from flask import Flask, render_template
from pydantic import BaseModel, Field, ValidationError
from flask import jsonify, request

app = Flask(__name__)


class Advert(BaseModel):
    title: str = Field(min_length=3, max_length=80)
    text: str = Field(max_length=5000)
    salary: int = Field(gt=0)

    def html(self):
        return markdown.markdown(self.text, extensions=["tables"])


@app.errorhandler(ValidationError)
def bad_advert(error):
    return jsonify(fields=[item["loc"][-1] for item in error.errors()]), 422


@app.post("/adverts/preview")
def preview():
    advert = Advert(**request.form.to_dict())
    sections = [("Advert", advert.html()), ("Salary", f"{advert.salary:,}")]
    return render_template("preview.html", title=advert.title, sections=sections)
