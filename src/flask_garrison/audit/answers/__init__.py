"""What an answer means, as a browser, a cache or a stranger would take it: read once here, judged by the rules."""
