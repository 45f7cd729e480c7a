import re

from flask import request

TEAM_PAGE = re.compile(r"https://(design|sales|support)\.pages\.firm\.example")


def allow_team_pages(response):
    response.vary.add("Origin")
    match TEAM_PAGE.fullmatch(request.headers.get("Origin", "")):
        case None:
            return response
        case found:
            response.headers["Access-Control-Allow-Origin"] = found.string  # <- safe
            response.headers["Access-Control-Allow-Credentials"] = "true"
    return response
