import os

import requests


def send_sms(phone, text):
    requests.post(
        "https://sms.example.net/v1/messages",
        json={"to": phone, "text": text},
        headers={"Authorization": f"Bearer {os.environ['SMS_TOKEN']}"},
        timeout=5,
    ).raise_for_status()
