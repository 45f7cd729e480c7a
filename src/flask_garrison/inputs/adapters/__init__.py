"""The libraries that a declaration may be written with; each is imported only where it is used."""

from __future__ import annotations

import sys
from typing import Any

from .base import Adapter, Loaded

__all__ = ["Adapter", "Loaded", "adapter_for"]


def adapter_for(part: str, declared: Any) -> Adapter:
    """Return the adapter for a declaration: a WTForms class, a marshmallow schema, or a type for pydantic.

    A class of a library exists only if the application has imported that library, so nothing is imported to ask.
    """
    if _is_of(declared, "wtforms.form", "BaseForm"):
        from .forms import FormAdapter

        return FormAdapter(part, declared)
    if _is_of(declared, "marshmallow.schema", "Schema") or _is_of(type(declared), "marshmallow.schema", "Schema"):
        from .marshmallows import SchemaAdapter

        return SchemaAdapter(part, declared)
    from .models import ModelAdapter

    return ModelAdapter(part, declared)


def _is_of(declared: Any, module: str, name: str) -> bool:
    base = getattr(sys.modules.get(module), name, None)
    return base is not None and isinstance(declared, type) and issubclass(declared, base)
