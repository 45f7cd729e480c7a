PROFILES = {
    "hamburg": {"host": "port.hamburg.example", "tls": "1.3"},
    "gdynia": {"host": "port.gdynia.example"},
}
