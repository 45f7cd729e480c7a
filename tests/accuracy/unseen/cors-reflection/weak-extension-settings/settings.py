class Base:
    SESSION_COOKIE_SECURE = True
    SESSION_COOKIE_SAMESITE = "None"
    API_SHARING = {"origins": "*", "methods": ["GET", "POST", "PATCH"], "max_age": 600}


class Local(Base):
    API_SHARING = {**Base.API_SHARING, "origins": ["http://localhost:5173"]}


class Production(Base):
    PREFERRED_URL_SCHEME = "https"


def choose(stage):
    return {"local": Local, "production": Production}[stage]
