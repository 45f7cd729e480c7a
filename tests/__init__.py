"""The test suite; its folders mirror ``src/flask_garrison``."""
