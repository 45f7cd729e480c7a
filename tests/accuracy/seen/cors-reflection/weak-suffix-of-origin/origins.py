from flask import request

DOMAIN = "ledgerly.example"


def trusted(origin):
    return origin is not None and origin.startswith("https://") and origin.endswith(DOMAIN)


def allow_origin(response):
    origin = request.headers.get("Origin")
    if trusted(origin):
        response.headers.add("Access-Control-Allow-Origin", origin)  # <- weak
        response.headers["Access-Control-Allow-Credentials"] = "true"
        response.vary.add("Origin")
    return response
