class Base:
    SESSION_COOKIE_NAME = "spice"
    SESSION_COOKIE_SECURE = True
    SESSION_COOKIE_SAMESITE = "Lax"
    PERMANENT_SESSION_LIFETIME = 3600


class Production(Base):
    SESSION_COOKIE_HTTPONLY = False  # <- weak


BY_NAME = {"production": Production}
