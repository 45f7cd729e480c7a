"""Formats that turn a client's bytes into objects."""

from __future__ import annotations

import pytest

from tests.audit.code.support import findings_in, marked

UNSAFE_DESERIALISATION: dict[str, list[str]] = {
    "loads() turns what a client sent into objects": [
        """
    from flask import Flask, request
    import pickle

    app = Flask(__name__)

    @app.post("/")
    def v():
        return str(pickle.loads(request.data))  # found
    """,
        """
    from flask import Flask, request
    import pickle, base64

    app = Flask(__name__)

    @app.post("/")
    def v():
        d = base64.b64decode(request.cookies.get("s", ""))
        return str(pickle.loads(d))  # found
    """,
        """
    from flask import Flask, request
    import marshal

    app = Flask(__name__)

    @app.post("/")
    def v():
        return str(marshal.loads(bytes.fromhex(request.form["x"])))  # found
    """,
        """
    from flask import Flask, g, request
    import pickle

    app = Flask(__name__)

    class Cart:
        def __init__(self, raw): self.items = pickle.loads(raw)  # found

    @app.before_request
    def b():
        g.cart = Cart(request.get_data())

    @app.get("/")
    def v():
        return ""
    """,
        """
    from flask import Flask, request
    import pickle, hmac, hashlib

    app = Flask(__name__)

    @app.post("/")
    def v():
        d, sig = request.data, request.headers.get("X-Sig", "")
        hmac.compare_digest(hmac.new(b"k", d, hashlib.sha256).hexdigest(), sig)
        return str(pickle.loads(d))  # found
    """,
    ],
    "load() turns what a client sent into objects": [
        """
    from flask import Flask, request
    import pickle

    app = Flask(__name__)

    @app.post("/")
    def v():
        return str(pickle.load(request.files["f"]))  # found
    """,
        """
    from flask import Flask, request
    import pickle

    app = Flask(__name__)

    @app.post("/")
    def v():
        request.files["f"].save("/srv/x.pkl")
        with open("/srv/x.pkl", "rb") as f:
            return str(pickle.load(f))  # found
    """,
        """
    from flask import Flask, request
    import pickle, zlib, base64
    from io import BytesIO

    app = Flask(__name__)

    @app.post("/")
    def v():
        raw = zlib.decompress(base64.urlsafe_b64decode(request.json["s"]))
        return str(pickle.load(BytesIO(raw)))  # found
    """,
    ],
    "read_pickle() turns what a client sent into objects": [
        """
    from flask import Flask, request
    import pandas as pd

    app = Flask(__name__)

    @app.post("/")
    def v():
        return str(pd.read_pickle(request.files["f"]))  # found
    """,
    ],
    "open() turns what a client sent into objects": [
        """
    from flask import Flask, request
    import shelve

    app = Flask(__name__)

    @app.post("/")
    def v():
        return str(dict(shelve.open("/srv/" + request.args["db"])))  # found
    """,
    ],
}
NO_UNSAFE_DESERIALISATION: list[str] = [
    """
    import json
    from flask import Flask, request

    app = Flask(__name__)

    @app.post("/")
    def v():
        return str(json.loads(request.data))
    """,
    """
    from flask import Flask, request
    import pickle, base64
    from itsdangerous import URLSafeSerializer

    app = Flask(__name__)
    S = URLSafeSerializer("k")

    @app.post("/")
    def v():
        return str(pickle.loads(base64.b64decode(S.loads(request.data))))
    """,
    """
    from flask import Flask
    import pickle

    app = Flask(__name__)

    @app.post("/")
    def v():
        with open("/srv/cache.pkl", "rb") as f:
            return str(pickle.load(f))
    """,
    """
    import os
    from flask import Flask, abort, request
    import pickle, hmac, hashlib

    app = Flask(__name__)
    KEY = os.environ["K"].encode()

    @app.post("/")
    def v():
        d = request.data
        sig = request.headers["X-Sig"]
        if not hmac.compare_digest(hmac.new(KEY, d, hashlib.sha256).hexdigest(), sig):
            abort(403)
        return str(pickle.loads(d))
    """,
    """
    from flask import Flask, request
    import pickle
    import redis

    app = Flask(__name__)
    r = redis.Redis()

    @app.post("/")
    def v():
        return str(pickle.loads(pickle.dumps(request.form.to_dict())))
    """,
    """
    import os
    from flask import Flask, request
    import pickle, hmac, hashlib

    app = Flask(__name__)
    KEY = os.environ["K"].encode()

    def verify(d, sig):
        want = hmac.new(KEY, d, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(want, sig):
            raise ValueError

    @app.post("/")
    def v():
        d = request.data
        verify(d, request.headers.get("X-Sig", ""))
        return str(pickle.loads(d))
    """,
    """
    import os
    from flask import Flask, request
    import pickle
    from itsdangerous import TimestampSigner

    app = Flask(__name__)
    signer = TimestampSigner(os.environ["K"])

    @app.post("/")
    def v():
        return str(pickle.loads(signer.unsign(request.data, max_age=60)))
    """,
    """
    from flask import Flask
    import pickle, redis

    app = Flask(__name__)
    r = redis.Redis()

    @app.get("/")
    def v():
        return str(pickle.loads(r.get("stats")))
    """,
]


@pytest.mark.parametrize(
    ("title", "code"), [(title, code) for title, codes in UNSAFE_DESERIALISATION.items() for code in codes]
)
def test_unsafe_deserialisation_is_found_where_it_is(title: str, code: str) -> None:
    assert findings_in(code, "inputs.unsafe-deserialisation") == [(line, title) for line in marked(code)]


@pytest.mark.parametrize("code", NO_UNSAFE_DESERIALISATION)
def test_what_only_looks_like_unsafe_deserialisation_is_no_finding(code: str) -> None:
    assert findings_in(code, "inputs.unsafe-deserialisation") == []


YAML_LOAD: dict[str, list[str]] = {
    "load() reads a client's YAML into objects": [
        """
    from flask import Flask, request
    import yaml

    app = Flask(__name__)

    @app.post("/")
    def v():
        return str(yaml.load(request.data))  # found
    """,
        """
    from flask import Flask, request
    import yaml

    app = Flask(__name__)

    @app.post("/")
    def v():
        return str(yaml.load(request.data, Loader=yaml.Loader))  # found
    """,
        """
    from flask import Flask, request
    import yaml

    app = Flask(__name__)

    @app.post("/")
    def v():
        return str(yaml.load(request.files["f"].read(), Loader=yaml.FullLoader))  # found
    """,
    ],
    "unsafe_load() reads a client's YAML into objects": [
        """
    from flask import Flask, request
    import yaml

    app = Flask(__name__)

    @app.post("/")
    def v():
        return str(yaml.unsafe_load(request.files["f"]))  # found
    """,
    ],
}
NO_YAML_LOAD: list[str] = [
    """
    from flask import Flask, request
    import yaml

    app = Flask(__name__)

    @app.post("/")
    def v():
        return str(yaml.safe_load(request.data))
    """,
    """
    from flask import Flask, request
    import yaml

    app = Flask(__name__)

    @app.post("/")
    def v():
        return str(yaml.load(request.data, Loader=yaml.SafeLoader))
    """,
    """
    from flask import Flask, request
    import yaml

    app = Flask(__name__)

    @app.post("/")
    def v():
        return str(yaml.load(request.data, yaml.CSafeLoader))
    """,
]


@pytest.mark.parametrize(("title", "code"), [(title, code) for title, codes in YAML_LOAD.items() for code in codes])
def test_yaml_load_is_found_where_it_is(title: str, code: str) -> None:
    assert findings_in(code, "inputs.yaml-load") == [(line, title) for line in marked(code)]


@pytest.mark.parametrize("code", NO_YAML_LOAD)
def test_what_only_looks_like_yaml_load_is_no_finding(code: str) -> None:
    assert findings_in(code, "inputs.yaml-load") == []


MODEL_LOADING: dict[str, list[str]] = {
    "load() loads a model that a client sent or chose": [
        """
    from flask import Flask, request
    import torch

    app = Flask(__name__)

    @app.post("/")
    def v():
        return str(torch.load(request.files["f"], weights_only=False))  # found
    """,
        """
    from flask import Flask, request
    import joblib

    app = Flask(__name__)

    @app.post("/")
    def v():
        return str(joblib.load(request.files["f"]))  # found
    """,
        """
    import os
    from flask import Flask, request
    import joblib

    app = Flask(__name__)

    @app.post("/")
    def v():
        return str(joblib.load(os.path.join("/m", request.args["m"])))  # found
    """,
        """
    from flask import Flask, request
    import numpy as np, io

    app = Flask(__name__)

    @app.post("/")
    def v():
        return str(np.load(io.BytesIO(request.data), allow_pickle=True))  # found
    """,
    ],
}
NO_MODEL_LOADING: list[str] = [
    """
    from flask import Flask, request
    import torch

    app = Flask(__name__)

    @app.post("/")
    def v():
        return str(torch.load(request.files["f"], weights_only=True))
    """,
    """
    from flask import Flask, request
    import numpy as np, io

    app = Flask(__name__)

    @app.post("/")
    def v():
        return str(np.load(io.BytesIO(request.data)))
    """,
    """
    from flask import Flask, request
    import joblib

    app = Flask(__name__)
    M = joblib.load("/m/model.joblib")

    @app.post("/")
    def v():
        return str(M.predict(request.json["x"]))
    """,
]


@pytest.mark.parametrize(("title", "code"), [(title, code) for title, codes in MODEL_LOADING.items() for code in codes])
def test_model_loading_is_found_where_it_is(title: str, code: str) -> None:
    assert findings_in(code, "inputs.model-loading") == [(line, title) for line in marked(code)]


@pytest.mark.parametrize("code", NO_MODEL_LOADING)
def test_what_only_looks_like_model_loading_is_no_finding(code: str) -> None:
    assert findings_in(code, "inputs.model-loading") == []
