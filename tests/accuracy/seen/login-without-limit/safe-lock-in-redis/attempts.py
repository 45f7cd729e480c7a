class Attempts:
    per_name = 5
    per_address = 20
    window = 900

    def __init__(self, redis):
        self.redis = redis

    def _count(self, key):
        with self.redis.pipeline() as pipe:
            pipe.set(key, 0, ex=self.window, nx=True)
            pipe.incr(key)
            return pipe.execute()[-1]

    def start(self, name, address):
        by_name = self._count(f"login:name:{name}")
        by_address = self._count(f"login:address:{address}")
        return by_name <= self.per_name and by_address <= self.per_address

    def forget(self, name):
        self.redis.delete(f"login:name:{name}")
