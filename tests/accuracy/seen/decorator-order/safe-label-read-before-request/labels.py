def requires(role):
    def mark(view):
        view.required_role = role
        return view

    return mark


def label_of(view):
    return getattr(view, "required_role", None)
