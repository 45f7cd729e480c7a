from urllib.parse import parse_qs


class CampaignCookie:
    def __init__(self, application):
        self.application = application

    def __call__(self, environ, start_response):
        query = parse_qs(environ.get("QUERY_STRING", ""))
        campaign = query.get("campaign", ["none"])[0]

        def respond(status, headers, exc_info=None):
            extra = [("X-Campaign", campaign)] if campaign != "none" else []
            return start_response(status, headers + extra, exc_info)  # <- weak

        return self.application(environ, respond)
