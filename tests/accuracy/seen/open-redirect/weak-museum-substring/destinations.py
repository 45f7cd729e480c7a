class Destination:
    hosts = ("museum.example", "tickets.museum.example")

    def __init__(self, values):
        self._values = values

    @property
    def url(self):
        return self._values.get("back", "").strip()

    @property
    def kind(self):
        if not self.url:
            return "none"
        if any(host in self.url for host in self.hosts):
            return "museum"
        return "internal"
