"""The files of a project as modules, and which one an import means."""
