"""Contact form of a dentist that mails the practice."""

import os
import smtplib

from flask import Flask, flash, redirect, render_template, request, url_for
from flask_wtf import CSRFProtect

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
CSRFProtect(app)
PRACTICE = "desk@dentist.example"


def message_text(fields):
    head = {"From": PRACTICE, "To": PRACTICE, "Subject": "Enquiry: " + fields["topic"]}
    lines = [f"{name}: {value}" for name, value in head.items()]
    return "\r\n".join(lines) + "\r\n\r\n" + fields["text"]


@app.route("/contact", methods=["GET", "POST"])
def contact():
    if request.method == "GET":
        return render_template("contact.html")
    fields = {name: request.form.get(name, "") for name in ("topic", "text")}
    with smtplib.SMTP(os.environ["SMTP_HOST"]) as smtp:
        smtp.sendmail(PRACTICE, [PRACTICE], message_text(fields).encode())  # <- weak
    flash("Thank you")
    return redirect(url_for("contact"))
