"""Checks of passwords: where one has succeeded, the client is who it says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..values.refinement import Change, Test
from ..values.taint import Use
from ..values.value import EITHER, TRUE, Value
from .registry import on_call

if TYPE_CHECKING:
    from ..events import Call
    from ..interpreter.machine import Machine

PASSWORD: Final = Value(Use.CLIENT)
"""Stands for the question whether a password was checked; what is proved of it is whether it was."""
PEER: Final = Value(Use.CLIENT)
"""Stands for the question whether the peer's own address was checked."""


def is_proved(machine: Machine, mark: Value) -> bool:
    """Return whether what a mark stands for has been checked on every way to here."""
    return machine.resolve(mark).is_only(True)


def proof(mark: Value) -> Change:
    """Return the change that says that it has."""
    return Change(mark, consts=TRUE.consts)


@on_call(
    "werkzeug.security.check_password_hash",
    "bcrypt.checkpw",
    "flask_bcrypt.check_password_hash",
    "flask_security.verify_password",
    "flask_security.utils.verify_password",
    "?.check_password_hash",
    "?.check_password",
    "?.verify_password",
    "?.checkpw",
    "?.verify_and_update",
    "?.check_and_update",
    "pyotp.TOTP().verify",
    "pyotp.totp.TOTP().verify",
)
def password_checked(call: Call) -> Value:
    """True where the password is the one."""
    return Value(consts=EITHER.consts, test=Test((proof(PASSWORD),)))


@on_call("argon2.PasswordHasher().verify")
def password_verified(call: Call) -> Value:
    """Raises where it is not."""
    call.machine.refined = call.machine.refined.apply([proof(PASSWORD)])
    return Value(consts=(True,))


@on_call("passlib.hash.bcrypt.verify", "passlib.context.CryptContext().verify", "passlib.hash.pbkdf2_sha256.verify")
def passlib_verified(call: Call) -> Value | None:
    """Passlib's ``verify`` returns whether it is."""
    return password_checked(call)
