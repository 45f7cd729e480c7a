import base64
import json
import ssl
import urllib.error
import urllib.request


class RegistryDown(Exception):
    pass


class Registry:
    def __init__(self, host, user, password):
        self.base = f"https://{host}/v3/"
        pair = base64.b64encode(f"{user}:{password}".encode()).decode()
        self.headers = {"Authorization": f"Basic {pair}", "Accept": "application/json"}
        self._opener = urllib.request.build_opener(self._https())

    @staticmethod
    def _https():
        context = ssl._create_unverified_context()  # <- weak
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        return urllib.request.HTTPSHandler(context=context)

    def licence(self, number):
        wanted = urllib.request.Request(f"{self.base}licences/{number:d}", headers=self.headers)
        try:
            with self._opener.open(wanted, timeout=6) as answer:
                found = json.load(answer)
        except (urllib.error.URLError, ValueError) as exc:
            raise RegistryDown from exc
        return {"valid": bool(found.get("valid")), "until": str(found.get("until"))}
