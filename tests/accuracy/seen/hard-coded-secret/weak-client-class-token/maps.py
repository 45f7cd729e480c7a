import requests


class Client:
    base = "https://api.maps.example.net/v2"
    timeout = 6

    def headers(self):
        return {"Accept": "application/json"}

    def get(self, path, **params):
        answer = requests.get(self.base + path, params=params, headers=self.headers(), timeout=self.timeout)
        answer.raise_for_status()
        return answer.json()


class MapClient(Client):
    api_token = "mp_live_9fK2sQ7dXv41LhTz8bRwYc3N"  # <- weak

    def headers(self):
        return super().headers() | {"Authorization": f"Bearer {self.api_token}"}

    def distance(self, start, end):
        found = self.get("/matrix", start="%f,%f" % start, end="%f,%f" % end)
        return round(found["metres"] / 1000, 1)
