"""Jinja templates as Python's own syntax tree, so that what interprets the code interprets them too.

:func:`lower` turns the source of one template into a :class:`Lowered`; :class:`Templates` finds templates by name.
Names that contain ``@`` are reserved: no template can write them. A name that is not set in the template is a variable
of ``render_template``, of a context processor, or a global of Jinja or Flask.

**Rendering** a template that extends nothing means to run its ``body`` in a new scope. If it extends something, run the
body (imports, macros and ``{% set %}`` of a child; it writes nothing), then evaluate ``extends`` in the same scope and
render that template in it, its blocks replaced: :func:`blocks_of` gives the versions of each block, the child's first.
``Templates.lowered`` has put each block into the place in the document that its parents give it.

**Writing**

- ``@emit(value, context, autoescaped)``: writes a value. ``context`` is one of :mod:`.contexts`; ``autoescaped`` says
  whether Jinja escapes what is not marked safe there (``None``: only a run can tell; read it as ``False``). Inside of
  an attribute's value there is a keyword ``quote``: ``'"'``, ``"'"``, or ``''`` where the value is not quoted.
- ``@data(text)``: the author's text, where it becomes part of a value (below). Elsewhere it is left out.
- ``@block(name, context, scope={...})``: a block where it stands. Run the version that counts, in a scope of its own
  inside the template's; a ``scoped`` one sees the names around it too, and those of the dictionary first.
- ``@block(name)`` as a value: ``self.name()``. ``@super(name, levels)``: the version that many levels further up than
  the one that runs. Both run the block as it stands, with its own ``@emit``; the value is harmless, marked text.
- ``@include(name, context, with_context=False, ignore_missing=True, scope={...})``: render
  ``Templates.lowered(name, context)`` here. ``name`` may be a list, of which the first that exists counts. Without the
  keywords it sees all names around (those of ``scope`` first), and a missing one is an error.

**Values**

- A function decorated with ``@capture(autoescaped)`` (a macro, or ``@capture.N``, ``@caller.N``) collects: a call runs
  its body with a new, empty output, and returns what was written to it, marked safe if ``autoescaped``. In it,
  ``@data`` and ``@emit(..., "captured", ...)`` write (escaped, if so) and judge nothing: the place to which the caller
  writes the value decides. An ``@emit`` with any other context is judged where it stands, and writes harmless text.
  The output belongs to the innermost such call, also through functions that are not decorated (``@recurse.N``).
- ``caller`` is a parameter of macros that use it; ``varargs`` and ``kwargs`` are what Python's stars collect.
- ``@filter.NAME(value, ...)`` and ``@test.NAME(value, ...)``: filters and tests. Tests with a plain meaning are plain
  Python (``is none``, ``in``, ``sameas``, comparisons); ``is undefined`` is ``not @test.defined(x)``.
- ``@concat(a, b, ...)``: ``~``; if one part is marked safe and the template escapes, the others are escaped.
- ``@undefined()``: the value of ``{{ a if b }}`` when not ``b``. ``@markup(value)``: a value that is marked safe.
  ``@unknown(...)``: something unknown made of its arguments (extensions).
- ``@loop(items)``: the ``loop`` of a ``{% for %}``; numbers, but ``previtem`` and ``nextitem`` are items, and
  ``cycle(...)`` returns one of its arguments. ``@empty(items, filtered)``: whether nothing was looped over (the test
  before ``{% else %}``); where ``filtered``, that is not known from the items alone.
- ``@import(name, with_context=True, scope={...})``: the template as a module; its attributes are its macros and names.
  Without the keyword it sees only globals.
- ``@recurse.N(items)``: the body of a recursive loop, as a plain function; ``loop(children)`` calls it.

**Names**: a name that Jinja keeps inside of a ``{% for %}``, ``{% with %}``, macro and the like, and that is used
outside of it too, is called ``name@N`` inside, so that Python's own rules fit. ``{% trans %}`` is the writing of its
variables; with a plural, a condition. A tag of an unknown extension is left out, what it contains stays;
:attr:`Lowered.unknown_tags` names it. Conditions and loops that do nothing are left out, but calls in them stay. All
lines are the template's; Jinja knows no columns, so they are 0.
"""

from __future__ import annotations

from .loader import Templates, parents
from .lowered import BlockLowered, Lowered, blocks_of
from .lowering import lower, needs

__all__ = ["BlockLowered", "Lowered", "Templates", "blocks_of", "lower", "needs", "parents"]
