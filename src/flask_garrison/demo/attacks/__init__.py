"""The attacks, one a file, in the order of the table."""

from __future__ import annotations

from . import cross_origin_read, cross_site_post, error_page, framed_click, reflected_script, stored_script
from .base import Attack

ATTACKS: tuple[Attack, ...] = (
    cross_site_post.ATTACK,
    framed_click.ATTACK,
    stored_script.ATTACK,
    reflected_script.ATTACK,
    cross_origin_read.ATTACK,
    error_page.ATTACK,
)

__all__ = ["ATTACKS", "Attack"]
