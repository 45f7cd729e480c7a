import json

import dill


def from_json(data):
    return json.loads(data)


def from_dill(data):
    return dill.loads(data)  # <- weak


DECODERS = {
    "application/json": from_json,
    "application/x-dill": from_dill,
}


def decoder_for(mimetype):
    return DECODERS.get(mimetype)
