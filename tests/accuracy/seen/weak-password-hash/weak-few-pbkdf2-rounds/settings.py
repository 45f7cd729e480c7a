MIN_LENGTH = 12
KDF = {
    "name": "sha1",
    "rounds": 500,
}
