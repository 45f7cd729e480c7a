import os

import requests


class ApiClient:
    domain = "example.com"

    def __init__(self, **settings):
        self.settings = {"version": "v2", **settings}
        self.session = requests.Session()
        self.session.headers["Accept"] = "application/json"

    @property
    def root(self):
        return "https://{region}.{domain}/{version}".format(domain=self.domain, **self.settings)

    def send(self, path, body):
        answer = self.session.post(self.root + path, json=body, timeout=8)  # <- weak
        answer.raise_for_status()
        return answer.json()


class HaulierClient(ApiClient):
    domain = "haulier.example"

    def price(self, size, postcode):
        body = {"size": size, "postcode": postcode, "account": os.environ["HAULIER_ACCOUNT"]}
        return self.send("/quotes", body)["price"]
