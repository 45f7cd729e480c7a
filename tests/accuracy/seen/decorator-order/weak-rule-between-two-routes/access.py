from functools import wraps

from flask import redirect, session


def payroll_required(view):
    @wraps(view)
    def checked(**kwargs):
        if "payroll" in session.get("groups", ()):
            return view(**kwargs)
        return redirect("/")

    return checked
