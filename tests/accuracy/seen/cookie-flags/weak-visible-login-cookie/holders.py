import os

DUMMY = os.environ["DUMMY_HASH"]
HOLDERS = {"fish": os.environ["FISH_HASH"], "cheese": os.environ["CHEESE_HASH"]}
