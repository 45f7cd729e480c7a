"""YAML and archives, repaired."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.audit.fixes.support import fixed

YAML, ARCHIVE = "inputs.yaml-load", "inputs.archive-extraction"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a = yaml.load(x)", "a = yaml.safe_load(x)"),
        ("a = yaml.load(x, Loader=yaml.Loader)  # from ops", "a = yaml.safe_load(x)  # from ops"),
        ("a = yaml.load(x, yaml.FullLoader)", "a = yaml.safe_load(x)"),
        ("a = yaml.load( (x), Loader = yaml.UnsafeLoader )", "a = yaml.safe_load( (x) )"),
        ("a = [yaml.load(x), yaml.unsafe_load(y)]", "a = [yaml.safe_load(x), yaml.safe_load(y)]"),
        ("a = yaml.load(yaml.load(x), yaml.Loader)", "a = yaml.safe_load(yaml.safe_load(x))"),
        ("a = list(yaml.load_all(f, Loader=yaml.Loader))", "a = list(yaml.safe_load_all(f))"),
        (
            "a = yaml.load(\n\tx,  # the upload\n\tLoader=yaml.Loader,  # old\n)",
            "a = yaml.safe_load(\n\tx,  # the upload\n\t# old\n)",
        ),
        ("a = yaml.load(\n    x,\n    Loader=yaml.Loader,\n)", "a = yaml.safe_load(\n    x,\n)"),
        ("a = yaml.load(x,\n    Loader=yaml.Loader)", "a = yaml.safe_load(x)"),
        ("a = yaml.load(x,  # so, so\n    Loader=yaml.Loader)", "a = yaml.safe_load(x,  # so, so\n    )"),
    ],
)
def test_yaml(tmp_path: Path, before: str, after: str) -> None:
    assert fixed(tmp_path, YAML, f"import yaml\n{before}\n") == f"import yaml\n{after}\n"


@pytest.mark.parametrize(
    "source",
    [
        "import yaml\na = yaml.load(x, Loader=yaml.SafeLoader)\n",
        "import yaml\na = yaml.load(x, Loader=Mine)\n",
        "import yaml\na = yaml.load(*x)\n",
        "import yaml\na = yaml.load(x, **more)\n",
        "import yaml\na = yaml.load(stream=x)\n",
        "from mine import yaml\na = yaml.load(x)\n",
        "import yaml\ndef f(yaml):\n    return yaml.load(x)\n",
        "import yaml\na = yaml.safe_load(x)\n",
        'import yaml\na = "yaml.load(x)"\n',
    ],
)
def test_yaml_left_alone(tmp_path: Path, source: str) -> None:
    assert fixed(tmp_path, YAML, source) == source


def test_yaml_under_another_name(tmp_path: Path) -> None:
    source = "import os\nfrom yaml import Loader, load\n\na = load(x, Loader)\n"
    after = "import os\nimport yaml\nfrom yaml import Loader, load\n\na = yaml.safe_load(x)\n"
    assert fixed(tmp_path, YAML, source) == after
    assert fixed(tmp_path, YAML, "import yaml as y\na = y.load(x)\n") == "import yaml as y\na = y.safe_load(x)\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("tar.extractall(path)", 'tar.extractall(path, filter="data")'),
        ("tar.extractall()", 'tar.extractall(filter="data")'),
        ("tar.extractall(path,)", 'tar.extractall(path, filter="data")'),
        ("tar.extractall((path))  # all", 'tar.extractall((path), filter="data")  # all'),
        (
            "tar.extractall(\n        path,  # here\n    )",
            'tar.extractall(\n        path,  # here\n        filter="data",\n    )',
        ),
        ("tar.extractall(\n        path  # here\n    )", 'tar.extractall(\n        path, filter="data"  # here\n    )'),
    ],
)
def test_archive(tmp_path: Path, before: str, after: str) -> None:
    head = "import tarfile\nwith tarfile.open(name) as tar:\n    "
    assert fixed(tmp_path, ARCHIVE, f"{head}{before}\n") == f"{head}{after}\n"


@pytest.mark.parametrize(
    "source",
    [
        "import zipfile\nwith zipfile.ZipFile(name) as tar:\n    tar.extractall(path)\n",
        "import tarfile\ndef f(tar):\n    tar.extractall(path)\n",
        "import tarfile, zipfile\ntar = tarfile.open(n)\ntar = zipfile.ZipFile(n)\ntar.extractall(path)\n",
        'import tarfile\ntar = tarfile.open(n)\ntar.extractall(path, filter="tar")\n',
        "import tarfile\ntar = tarfile.open(n)\ntar.extractall(path, **more)\n",
    ],
)
def test_archive_left_alone(tmp_path: Path, source: str) -> None:
    assert fixed(tmp_path, ARCHIVE, source) == source


def test_repaired_archive_runs(tmp_path: Path) -> None:
    """The data filter of the standard library refuses what leads outside."""
    import io
    import tarfile

    with tarfile.open(tmp_path / "a.tar", "w") as tar:
        member = tarfile.TarInfo("../out.txt")
        tar.addfile(member, io.BytesIO())
    source = f"import tarfile\ntarfile.open({str(tmp_path / 'a.tar')!r}).extractall({str(tmp_path / 'in')!r})\n"
    with pytest.raises(tarfile.OutsideDestinationError):
        exec(fixed(tmp_path, ARCHIVE, source), {})  # noqa: S102
