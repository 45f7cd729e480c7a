import os
import smtplib
import ssl
from email.message import EmailMessage

from flask import current_app
from itsdangerous import URLSafeTimedSerializer


def post_reset_link(account):
    token = URLSafeTimedSerializer(current_app.secret_key, salt="reset").dumps(account["id"])
    message = EmailMessage()
    message["From"] = "carpool@region.example"
    message["To"] = account["email"]
    message["Subject"] = "A new password"
    message.set_content(f"https://carpool.region.example/password/new/{token}")
    with smtplib.SMTP_SSL(os.environ["MAIL_HOST"], context=ssl.create_default_context(), timeout=10) as smtp:
        smtp.send_message(message)
