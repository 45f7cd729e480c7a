"""Formats that turn a client's bytes into objects, and with them into calls."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ....findings import Confidence, Severity
from ...code.events import Call
from ...code.interpreter.expressions import reach
from ...code.models.uploads import saved_at
from ...code.values.objects import Class
from ...code.values.taint import LETTERS, Use, both
from ...code.values.value import UNKNOWN, Value
from ...rule import Match, Rule, checks

UNSAFE_DESERIALISATION = Rule(
    id="inputs.unsafe-deserialisation",
    kind="code",
    control="inputs.deserialisation",
    severity=Severity.CRITICAL,
    confidence=Confidence.HIGH,
    cwe=(502,),
    asvs=("V1.5.2",),
    title="What a client sends is unpacked into objects",
    why="Pickle and its relatives do not hold data but instructions to call functions. Whoever writes the bytes runs "
    "code in the application: the first call can be os.system.",
    fix="Send JSON, and build objects from its fields. Where the bytes come back from a client and must be pickled, "
    "sign "
    "them with itsdangerous and unpack only what verified.",
    before='basket = pickle.loads(base64.b64decode(request.cookies["basket"]))',
    after='basket = URLSafeSerializer(key).loads(request.cookies["basket"])',
    guard="Nothing yet: the sensor at pickle comes in a later version.",
    language="python",
    lesson="dependencies-pickle-in-a-cookie",
)
YAML_LOAD = Rule(
    id="inputs.yaml-load",
    kind="code",
    control="inputs.deserialisation",
    severity=Severity.CRITICAL,
    confidence=Confidence.HIGH,
    cwe=(502,),
    asvs=("V1.5.2",),
    title="A client's YAML is read with a loader that makes objects",
    why="A tag such as !!python/object/apply calls any function with any arguments: the document runs code.",
    fix="Use yaml.safe_load(), or a loader that derives from SafeLoader.",
    before="settings = yaml.load(request.data, Loader=yaml.UnsafeLoader)",
    after="settings = yaml.safe_load(request.data)",
    guard="Nothing yet: the sensor at yaml comes in a later version.",
    language="python",
    lesson="dependencies-pickle-in-a-cookie",
)
MODEL_LOADING = Rule(
    id="inputs.model-loading",
    kind="code",
    control="inputs.deserialisation",
    severity=Severity.CRITICAL,
    confidence=Confidence.HIGH,
    cwe=(502,),
    asvs=("V1.5.2",),
    title="A model or array that a client sends or chooses is loaded as a pickle",
    why="Files of joblib, torch and numpy can be pickles inside, and Keras models can hold Python code: loading one "
    "runs "
    "what its author put there.",
    fix="Ask for weights alone (torch.load(..., weights_only=True), safetensors), keep allow_pickle=False and "
    "safe_mode=True, and load other models only from files that you made.",
    before='state = torch.load(request.files["model"], weights_only=False)',
    after='state = torch.load(request.files["model"], weights_only=True)',
    guard="Nothing yet: the sensor at pickle comes in a later version.",
    language="python",
    lesson="dependencies-pickle-in-a-cookie",
)

_PICKLES: Final = (
    *(f"{name}.{verb}" for name in ("pickle", "dill", "cloudpickle", "marshal") for verb in ("load", "loads")),
    "jsonpickle.decode",
    "jsonpickle.loads",
    "jsonpickle.unpickler.decode",
    "jsonpickle.unpickler.Unpickler().restore",
    "pandas.read_pickle",
    "pandas.io.pickle.read_pickle",
    "shelve.open",
    "pickle.Unpickler().load",
    "dill.Unpickler().load",
    "multiprocessing.reduction.ForkingPickler.loads",
    "kombu.serialization.pickle_loads",
)
BYTES: Final = Use.OBJECT | Use.LONG | Use.CODE
"""Any of these is left of what a client sends until it is verified, or turned into something else."""


@checks(UNSAFE_DESERIALISATION, reads="call", of=_PICKLES)
def unpickled(call: Call) -> Iterator[Match]:
    """``pickle.loads(data)`` and its like; of a file that is opened by name, the name."""
    value = call.receiver if call.path.endswith("Unpickler().load") else call.arg(0)
    found = chosen(call, value)
    if found is not None:
        yield call.flow(found, LETTERS, f"{call.name}() turns what a client sent into objects")


def chosen(call: Call, value: Value | None) -> Value | None:
    """Return what a client has of a source of bytes, or ``None``: the bytes, an upload in the file, or its name."""
    if value is None:
        return None
    saved = saved_at(call.machine, value)
    if saved is not None and saved.taint:
        return saved
    for hole in call.tainted(value, BYTES | Use.PATH):
        if reach(call.machine, hole.value)[0] & both(Use.OBJECT | Use.CODE | Use.PATH):
            return hole.value
    return None


# --- YAML ----------------------------------------------------------------------------------

_SAFE_LOADERS: Final = frozenset({"SafeLoader", "CSafeLoader", "BaseLoader", "CBaseLoader"})


@checks(
    YAML_LOAD,
    reads="call",
    of=(
        "yaml.load",
        "yaml.load_all",
        "yaml.unsafe_load",
        "yaml.unsafe_load_all",
        "yaml.full_load",
        "yaml.full_load_all",
    ),
)
def yaml_load(call: Call) -> Iterator[Match]:
    """``yaml.load(text, Loader=...)``."""
    full = call.path.startswith("yaml.full")
    if call.path in ("yaml.load", "yaml.load_all"):
        kind = _loader(call.arg(1, "Loader"))
        if kind == "safe":
            return
        full = kind == "full"
    found = chosen(call, call.arg(0, "stream"))
    if found is not None:
        severity = Severity.MEDIUM if full else None
        yield call.flow(found, LETTERS, f"{call.name}() reads a client's YAML into objects", severity=severity)


def _loader(value: Value | None) -> str:
    """Return ``safe``, ``full`` or ``unsafe``."""
    if value is None:
        return "unsafe"
    names = {value.path.rpartition(".")[2]} if value.path else set()
    for ref in value.refs:
        if isinstance(ref, Class):
            names |= {base.rpartition(".")[2] for base in ref.library_bases()}
    if names & _SAFE_LOADERS:
        return "safe"
    return "full" if names & {"FullLoader", "CFullLoader"} else "unsafe" if names else "safe"


@checks(YAML_LOAD, reads="call", of=("ruamel.yaml.YAML().load", "ruamel.yaml.YAML().load_all"))
def ruamel_load(call: Call) -> Iterator[Match]:
    """``YAML(typ="unsafe").load(text)``; the other types make no objects."""
    made = call.receiver.derived if call.receiver is not None else None
    if made is None or made[0] != "unsafe yaml":
        return
    found = chosen(call, call.arg(0, "stream"))
    if found is not None:
        yield call.flow(found, LETTERS, f"{call.name}() reads a client's YAML into objects")


# --- models and arrays ----------------------------------------------------------------------------------


@checks(
    MODEL_LOADING,
    reads="call",
    of=("joblib.load", "sklearn.externals.joblib.load", "skops.io.load", "torch.jit.load", "mlflow.pyfunc.load_model"),
)
def model_load(call: Call) -> Iterator[Match]:
    """Loaders that have no safe way."""
    if call.path == "skops.io.load" and not call.given(None, "trusted"):
        return
    yield from _loaded(call, call.arg(0, "filename", "file", "f", "model_uri"))


@checks(MODEL_LOADING, reads="call", of=("torch.load",))
def torch_load(call: Call) -> Iterator[Match]:
    """``torch.load(file, weights_only=...)``: the default is safe since 2.6."""
    weights = call.arg(None, "weights_only")
    if weights is not None and weights.is_only(True):
        return
    sure = weights is not None and weights.could_be(False)
    yield from _loaded(call, call.arg(0, "f"), None if sure else Confidence.MEDIUM)


@checks(MODEL_LOADING, reads="call", of=("numpy.load",))
def numpy_load(call: Call) -> Iterator[Match]:
    """``numpy.load(file, allow_pickle=True)``."""
    allowed = call.arg(2, "allow_pickle")
    if allowed is not None and allowed.could_be(True):
        yield from _loaded(call, call.arg(0, "file"))


@checks(
    MODEL_LOADING,
    reads="call",
    of=("keras.models.load_model", "tensorflow.keras.models.load_model", "keras.saving.load_model"),
)
def keras_load(call: Call) -> Iterator[Match]:
    """``load_model(file)``: with ``safe_mode=False``, or of the older format, a lambda in it is run."""
    safe = call.arg(None, "safe_mode")
    sure = safe is not None and safe.could_be(False)
    yield from _loaded(call, call.arg(0, "filepath"), None if sure else Confidence.LOW)


def _loaded(call: Call, value: Value | None, confidence: Confidence | None = None) -> Iterator[Match]:
    found = chosen(call, value)
    if found is not None:
        title = f"{call.name}() loads a model that a client sent or chose"
        yield call.flow(found, LETTERS, title, confidence=confidence)


__all__ = ["UNKNOWN", "chosen"]
