"""Writing to files, in a real child: it looks as if it had happened, and it did not."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest

from tests.target.harness.support import answers, run, said, tree


@pytest.fixture
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder elsewhere, below the temporary folder."""
    return tmp_path_factory.mktemp("elsewhere")


def test_writing_at_import_next_to_itself_and_in_the_temporary_folder(tmp_path: Path) -> None:
    name = f"/tmp/garrison-test-{uuid.uuid4().hex}"
    outcome = run(
        tmp_path,
        f"""
        from pathlib import Path
        Path(__file__).with_name("made.txt").write_text("one")
        open({name!r}, "w").write("two")
        print(Path("made.txt").read_text(), open({name!r}).read(), Path({name!r}).exists())
        @app.get("/")
        def read():
            return Path("made.txt").read_text()
        """,
        "/",
    )
    assert said(outcome) == ["one two True"]
    assert outcome.result["answers"] == [[200, "one"]]
    assert outcome.redirected == (str(tmp_path / "made.txt"), name)
    assert outcome.refused == ()
    assert [path.name for path in tmp_path.iterdir()] == ["shop.py"]
    assert not Path(name).exists()
    assert "what it wrote went to a private copy" in outcome.layers


def test_changing_removing_and_renaming_leave_the_originals(tmp_path: Path) -> None:
    for name in ("keep.txt", "gone.txt", "old.txt"):
        (tmp_path / name).write_text("original")
    (tmp_path / "folder").mkdir()
    before = tree(tmp_path)
    outcome = run(
        tmp_path,
        """
        import os, shutil
        from pathlib import Path
        with open("keep.txt", "a") as file:
            file.write(" and more")
        os.remove("gone.txt")
        os.rename("old.txt", "folder/new.txt")
        os.makedirs("deep/er")
        os.chmod("keep.txt", 0o600)
        shutil.copytree("folder", "copied")
        print(sorted(os.listdir()), sorted(entry.name for entry in os.scandir("folder")))
        print(os.path.exists("gone.txt"), os.path.exists("old.txt"), Path("folder/new.txt").read_text())
        print(open("keep.txt").read(), oct(os.stat("keep.txt").st_mode & 0o777))
        try:
            open("gone.txt")
        except FileNotFoundError as error:
            print(error)
        shutil.rmtree("folder")
        print([str(path) for path in sorted(Path().rglob("*"))])
        """,
    )
    assert said(outcome) == [
        "['copied', 'deep', 'folder', 'keep.txt', 'shop.py'] ['new.txt']",
        "False False original",
        "original and more 0o600",
        "[Errno 2] No such file or directory: 'gone.txt'",
        "['copied', 'copied/new.txt', 'deep', 'deep/er', 'keep.txt', 'shop.py']",
    ]
    after = tree(tmp_path)
    del after["shop.py"]
    assert after == before


def test_temporary_files_work(tmp_path: Path) -> None:
    outcome = run(
        tmp_path,
        """
        import os, tempfile
        with tempfile.NamedTemporaryFile("w+", suffix=".txt") as file:
            file.write("kept")
            file.flush()
            name = file.name
            print(open(name).read())
        print(os.path.exists(name), name.startswith(tempfile.gettempdir()))
        with tempfile.TemporaryDirectory() as folder:
            open(os.path.join(folder, "a"), "w").close()
            print(os.listdir(folder))
        print(os.path.exists(folder))
        with tempfile.TemporaryFile() as file:
            file.write(b"nameless")
            file.seek(0)
            print(file.read())
        with tempfile.SpooledTemporaryFile(max_size=1) as file:
            print(file.write(b"rolled over"))
        """,
    )
    assert said(outcome) == ["kept", "False True", "['a']", "False", "b'nameless'", "11"]
    assert outcome.refused == ()


def test_log_files_work(tmp_path: Path) -> None:
    outcome = run(
        tmp_path,
        """
        import logging, logging.handlers
        for handler in (
            logging.FileHandler("app.log"),
            logging.handlers.RotatingFileHandler("rotating.log", maxBytes=10, backupCount=2),
        ):
            app.logger.addHandler(handler)
        app.logger.warning("first")
        app.logger.warning("second")
        import os
        print(open("app.log").read().split(), sorted(name for name in os.listdir() if "rotating" in name))
        """,
    )
    assert said(outcome)[-1] == "['first', 'second'] ['rotating.log', 'rotating.log.1']"
    assert not list(tmp_path.glob("*.log*"))


def test_uploads_are_saved_to_the_copy(tmp_path: Path) -> None:
    (tmp_path / "instance").mkdir()
    source = """
        import io, os
        from werkzeug.datastructures import FileStorage
        @app.get("/")
        def save():
            FileStorage(io.BytesIO(b"picture"), "a.png").save(os.path.join(app.instance_path, "a.png"))
            return open(os.path.join(app.instance_path, "a.png")).read()
        """
    assert answers(tmp_path, source, "/") == [[200, "picture"]]
    assert not list((tmp_path / "instance").iterdir())


def test_links_are_followed_into_the_copy(tmp_path: Path, other: Path) -> None:
    (other / "data.txt").write_text("original")
    (tmp_path / "link").symlink_to(other)
    outcome = run(
        tmp_path,
        f"""
        import os
        open("link/data.txt", "w").write("changed")
        print(open({str(other / "data.txt")!r}).read(), os.path.realpath("link/data.txt"))
        os.symlink("link/data.txt", "second")
        open("second", "a").write(" twice")
        print(open("link/data.txt").read(), os.readlink("second"), os.path.islink("second"))
        """,
    )
    assert said(outcome) == [f"changed {other / 'data.txt'}", "changed twice link/data.txt True"]
    assert (other / "data.txt").read_text() == "original"
    assert not (tmp_path / "second").is_symlink()


def test_low_level_functions_and_folders_by_descriptor(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder/a").write_text("original")
    outcome = run(
        tmp_path,
        """
        import io, os
        descriptor = os.open("raw", os.O_RDWR | os.O_CREAT)
        os.write(descriptor, b"raw")
        os.close(descriptor)
        folder = os.open("folder", os.O_RDONLY)
        inner = os.open("b", os.O_WRONLY | os.O_CREAT, dir_fd=folder)
        os.unlink("a", dir_fd=folder)
        print(os.listdir(folder), os.path.getsize("raw"), os.open in os.supports_dir_fd)
        os.chdir("folder")
        open("c", "w").close()
        print(os.getcwd().rpartition("/")[2], sorted(os.listdir()), sorted(os.listdir(b".")))
        os.chdir("..")
        os.mkdir("new")
        os.chdir("new")
        open("d", "w").close()
        print(os.getcwd().rpartition("/")[2], os.listdir("../new"))
        os.chdir("..")
        with io.FileIO("fileio", "w") as file:
            file.write(b"raw")
        print(isinstance(open("fileio", "rb", 0), io.FileIO), isinstance(open("fileio", "rb").raw, io.RawIOBase))
        """,
    )
    assert said(outcome) == [
        "['b'] 3 True",
        "folder ['b', 'c'] [b'b', b'c']",
        "new ['d']",
        "True True",
    ]
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a", "folder", "shop.py"]


def test_modules_that_it_writes_can_be_imported(tmp_path: Path) -> None:
    outcome = run(
        tmp_path,
        """
        import importlib
        open("generated.py", "w").write("value = 3")
        importlib.invalidate_caches()
        import generated
        print(generated.value)
        """,
    )
    assert said(outcome) == ["3"]


def test_a_function_found_again_meets_the_backstop(tmp_path: Path) -> None:
    (tmp_path / "data.txt").write_text("original")
    outcome = run(
        tmp_path,
        """
        import gc, os, types
        removes = [each for each in gc.get_objects() if type(each) is types.BuiltinFunctionType]
        for each in removes:
            if each.__name__ in ("remove", "unlink") and each.__module__ == "posix":
                try:
                    each("data.txt")
                except PermissionError as error:
                    print(error)
        """,
    )
    assert said(outcome)[0] == "[Errno 13] Flask-Garrison refused to change data.txt during the check"
    (refused,) = outcome.refused
    assert (refused.kind, refused.what, refused.where, refused.allow) == ("write", "data.txt", "shop.py:10", "")
    assert refused.words == "write: data.txt (shop.py:10)"
    assert (tmp_path / "data.txt").read_text() == "original"


def test_devices_that_keep_nothing_may_be_written_and_others_not(tmp_path: Path) -> None:
    outcome = run(
        tmp_path,
        """
        open("/dev/null", "w").write("x")
        open("/dev/stdout", "w").write("printed" + chr(10))
        try:
            open("/proc/self/oom_score_adj", "w")
        except PermissionError as error:
            print(error)
        """,
    )
    assert said(outcome) == [
        "printed",
        "[Errno 13] Flask-Garrison refused to change /proc/self/oom_score_adj during the check",
    ]


def test_what_is_too_large_to_copy_is_refused(tmp_path: Path) -> None:
    from flask_garrison.target.harness import Limits

    with open(tmp_path / "large", "wb") as file:
        file.truncate(3 * 1024 * 1024)
    outcome = run(
        tmp_path,
        """
        try:
            open("large", "r+b")
        except PermissionError as error:
            print(error)
        open("large", "wb").close()
        """,
        limits=Limits(seconds=30, copy_mb=2),
    )
    assert "it is larger than what may still be copied" in said(outcome)[0]
    assert (tmp_path / "large").stat().st_size == 3 * 1024 * 1024
