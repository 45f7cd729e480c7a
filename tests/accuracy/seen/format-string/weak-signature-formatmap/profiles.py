from collections import ChainMap


class Profile:
    def __init__(self, user_id):
        self.user_id = user_id
        self.preferences = {"name": "guest"}

    def signature(self):
        pattern = self.preferences.get("signature", "{name}")
        values = ChainMap(self.preferences, {"profile": self, "forum": "Orchids"})
        return pattern.format_map(values)  # <- weak


_profiles = {}


def profile_of(user_id):
    return _profiles.setdefault(user_id, Profile(user_id))
