"""Files: which are read, and that nothing strange stops, fools or escapes the walk."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from flask_garrison.audit.files import MAX_BYTES, UnreadableError, Walk, read_text, shown


def walked(root: Path) -> tuple[list[str], list[tuple[str, str]]]:
    walk = Walk(root, lambda path: path.suffix == ".html")
    files = [path.relative_to(root).as_posix() for path in walk.files()]
    return files, [(Path(entry.what).name, entry.reason) for entry in walk.not_checked]


def put(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("x")


def test_files_are_sorted_and_foreign_folders_skipped(tmp_path: Path) -> None:
    put(tmp_path, "b.html", "a/z.html", "a.html", "c.txt", ".git/a.html", ".venv/a.html", "node_modules/x/a.html")
    put(tmp_path, "lib/site-packages/a.html", "__pycache__/a.html", "mine/pyvenv.cfg", "mine/a.html", "venv/a.html")
    assert walked(tmp_path) == (["a/z.html", "a.html", "b.html", "venv/a.html"], [])


def test_one_file_is_taken_if_it_is_wanted(tmp_path: Path) -> None:
    put(tmp_path, "a.html", "a.py")
    assert Walk(tmp_path / "a.html", lambda path: path.suffix == ".html").files() == [tmp_path / "a.html"]
    assert Walk(tmp_path / "a.py", lambda path: path.suffix == ".html").files() == []


def test_links_in_a_circle_are_named(tmp_path: Path) -> None:
    put(tmp_path, "a/b.html")
    (tmp_path / "a" / "up").symlink_to("..")
    (tmp_path / "self").symlink_to("self")
    circle = "a link that leads in a circle"
    assert walked(tmp_path) == (["a/b.html"], [("self", circle), ("up", circle)])


def test_links_outside_are_named_and_not_followed(tmp_path: Path) -> None:
    put(tmp_path, "outside/a.html", "root/b.html")
    (tmp_path / "root" / "link").symlink_to("../outside")
    files, not_checked = walked(tmp_path / "root")
    assert files == ["b.html"]
    assert not_checked == [("link", f"a link that leads outside, to {tmp_path / 'outside'}")]


def test_links_inside_are_read_once(tmp_path: Path) -> None:
    put(tmp_path, "z/a.html", ".hidden/b.html")
    (tmp_path / "again").symlink_to("z")
    (tmp_path / "shown").symlink_to(".hidden")
    assert walked(tmp_path) == (["shown/b.html", "z/a.html"], [])


def test_link_to_nothing_is_named_where_a_template_is_meant(tmp_path: Path) -> None:
    (tmp_path / "a.html").symlink_to("gone")
    (tmp_path / "b.txt").symlink_to("gone")
    assert walked(tmp_path) == ([], [("a.html", "a link that leads nowhere")])


def test_folder_without_permission_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "locked/a.html", "b.html")
    scandir = os.scandir

    def refuse(path: Path) -> object:
        if Path(path).name == "locked":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert walked(tmp_path) == (["b.html"], [("locked", "permission denied")])


def test_very_deep_folders_do_not_exhaust_the_stack(tmp_path: Path) -> None:
    folder = tmp_path
    for _ in range(300):
        folder = folder / "d"
    put(folder, "a.html")
    assert len(walked(tmp_path)[0]) == 1


def test_text_is_returned(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes("é\r\n".encode())
    assert read_text(tmp_path / "a") == "é\r\n"


def test_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UnreadableError, match="not a regular file"):
        read_text(tmp_path / "pipe")


def test_other_encodings_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"caf\xe9")
    with pytest.raises(UnreadableError, match=r"not UTF-8 \(byte 3\)"):
        read_text(tmp_path / "a")


@pytest.mark.parametrize(("size", "accepted"), [(MAX_BYTES, True), (MAX_BYTES + 1, False)])
def test_giants_are_refused(tmp_path: Path, size: int, accepted: bool) -> None:
    (tmp_path / "a").write_bytes(b"x" * size)
    if accepted:
        assert len(read_text(tmp_path / "a")) == size
    else:
        with pytest.raises(UnreadableError, match="larger than 2 MB"):
            read_text(tmp_path / "a")


def test_missing_permission_is_refused_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(UnreadableError, match="permission denied"):
        read_text(tmp_path / "a")


def test_paths_are_shown_relative_to_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert shown(tmp_path / "a" / ".." / "b") == "b"
    assert shown(Path("c")) == "c"
    assert shown(tmp_path.parent / "d") == (tmp_path.parent / "d").as_posix()
