"""Signing in and out, and what belongs to one person."""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, session, url_for
from werkzeug.security import check_password_hash

from . import database

blueprint = Blueprint("accounts", __name__)


class MailError(Exception):
    """A mail could not be sent."""


@blueprint.before_app_request
def load_user() -> None:
    name = session.get("user_id")
    g.user = database.row("SELECT * FROM users WHERE name = ?", name) if name else None


def signed_in(view: Callable[..., Any]) -> Callable[..., Any]:
    """Send whoever is not signed in to the form."""

    @wraps(view)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        return view(*args, **kwargs) if g.user else redirect(url_for("accounts.login"))

    return wrapped


@blueprint.route("/login", methods=["GET", "POST"])
def login() -> Any:
    if request.method == "POST":
        user = database.row("SELECT * FROM users WHERE name = ?", request.form["name"])
        if user and check_password_hash(user["password"], request.form["password"]):
            session.clear()
            session["user_id"] = user["name"]
            return redirect(url_for("pages.index"))
        flash("That name and password do not go together.")
    return render_template("login.html")


@blueprint.post("/logout")
def logout() -> Any:
    session.clear()
    return redirect(url_for("accounts.login"))


@blueprint.route("/account", methods=["GET", "POST"])
@signed_in
def account() -> Any:
    if request.method == "POST":
        database.change("UPDATE users SET email = ? WHERE name = ?", request.form["email"], g.user["name"])
        flash("Your address was changed.")
        return redirect(url_for("accounts.account"))
    return render_template("account.html")


@blueprint.route("/forgot", methods=["GET", "POST"])
def forgot() -> Any:
    if request.method == "POST":
        user = database.row("SELECT * FROM users WHERE email = ?", request.form["email"])
        if user:
            send_mail(user["email"], "Your new password for Notes")
        flash("If we know that address, a mail is on its way.")
        return redirect(url_for("accounts.login"))
    return render_template("forgot.html")


def send_mail(to: str, text: str) -> None:
    """Hand one mail to the server at ``MAIL_URL``."""
    url = current_app.config["MAIL_URL"]
    server = urlsplit(url)
    try:
        with smtplib.SMTP(server.hostname or "", server.port or 25, timeout=5) as smtp:
            smtp.login(server.username or "", server.password or "")
            smtp.sendmail("notes@example.org", to, f"Subject: {text}\n\n{text}")
    except OSError as error:
        raise MailError(f"cannot deliver through {url}: {error}") from error
