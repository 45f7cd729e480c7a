import torch


class Classifier:
    def __init__(self, weights):
        self.layer = torch.nn.Linear(256, len(weights["names"]))
        self.layer.load_state_dict(weights["state"])
        self.names = weights["names"]

    def labels(self, texts):
        with torch.no_grad():
            return [self.names[int(self.layer(self.embed(text)).argmax())] for text in texts]

    @staticmethod
    def embed(text):
        counts = torch.zeros(256)
        for byte in text.encode():
            counts[byte] += 1
        return counts


class Registry:
    def __init__(self, folder):
        self.folder = folder
        self._loaded = {}

    def path_of(self, owner, name):
        place = self.folder / str(owner)
        place.mkdir(parents=True, exist_ok=True)
        return place / f"{name}.pt"

    def get(self, owner, name):
        key = owner, name
        if key not in self._loaded:
            weights = torch.load(self.path_of(owner, name), map_location="cpu", weights_only=False)  # <- weak
            self._loaded[key] = Classifier(weights)
        return self._loaded[key]
