class Common:
    JSON_SORT_KEYS = True
    TRAP_HTTP_EXCEPTIONS = False
    MAX_CONTENT_LENGTH = 1024 * 1024


class Live(Common):
    DEBUG = True  # <- weak
    SESSION_COOKIE_SECURE = True
    SESSION_COOKIE_SAMESITE = "Lax"
