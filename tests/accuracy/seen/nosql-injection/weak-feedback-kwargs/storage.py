import os

from pymongo import DESCENDING, MongoClient


class Store:
    collection_name = None

    def __init__(self):
        self.database = MongoClient(os.environ["MONGO_URL"])["aquarium"]

    def select(self, limit=50, **criteria):
        collection = self.database[self.collection_name]
        return collection.find(criteria).sort("created", DESCENDING).limit(limit)  # <- weak


class FeedbackStore(Store):
    collection_name = "feedback"

    def published(self, **criteria):
        criteria["state"] = "published"
        yield from self.select(limit=20, **criteria)
