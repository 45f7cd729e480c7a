import ssl

from requests.adapters import HTTPAdapter


class TillAdapter(HTTPAdapter):
    lowest = ssl.TLSVersion.TLSv1

    def context(self):
        made = ssl.create_default_context()
        made.minimum_version = self.lowest  # <- weak
        return made

    def init_poolmanager(self, *args, **kwargs):
        kwargs["ssl_context"] = self.context()
        return super().init_poolmanager(*args, **kwargs)
