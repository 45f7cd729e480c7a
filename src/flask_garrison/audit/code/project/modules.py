"""Which file an import means: folders without ``__init__.py`` are packages, and a script's own folder comes first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .sources import Source


class Modules:
    """The sources of a project by dotted name."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self._by_name: dict[str, Source] = {}
        self._packages: set[str] = set()
        for source in sources:
            self._by_name[source.name] = source
            self._packages.update(_parents(source.name))

    def __iter__(self) -> Iterator[Source]:
        """Iterate over the sources."""
        return iter(self._by_name.values())

    def named(self, name: str) -> Source | None:
        """Return the source of exactly this name."""
        return self._by_name.get(name)

    def is_folder(self, name: str) -> bool:
        """Return whether it is a folder with modules below it."""
        return name in self._packages

    def resolve(self, name: str, importer: Source) -> str | None:
        """Return the full name of what an absolute import means, or ``None`` where it is not in the project.

        The folders that the importing file lies in are tried from the inside out, because any of them may be where
        Python was started; then ``src``.
        """
        package = importer.package
        for prefix in (*_inside_out(package), "src"):
            full = f"{prefix}.{name}" if prefix else name
            if full in self._by_name or full in self._packages:
                return full
        return None

    def relative(self, level: int, name: str | None, importer: Source) -> str:
        """Return the full name that a relative import means."""
        package = importer.package.split(".") if importer.package else []
        base = package[: len(package) - (level - 1)] if level > 1 else package
        return ".".join([*base, *([name] if name else [])])


def _parents(name: str) -> Iterator[str]:
    while "." in name:
        name = name.rpartition(".")[0]
        yield name


def _inside_out(package: str) -> list[str]:
    """Return a package, what it lies in, and so on, and the root last."""
    return [package, *_parents(package), ""] if package else [""]
