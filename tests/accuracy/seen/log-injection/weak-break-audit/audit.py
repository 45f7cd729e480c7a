import logging
import os

logging.basicConfig(filename=os.environ["AUDIT_LOG"], format="%(asctime)s %(message)s", level=logging.INFO)


def note(event, **details):
    pairs = [f"{key}={value}" for key, value in sorted(details.items())]
    logging.info("%s %s", event, " ".join(pairs))  # <- weak
