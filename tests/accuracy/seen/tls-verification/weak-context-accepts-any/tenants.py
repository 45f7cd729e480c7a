from flask_login import UserMixin

ADDRESSES = {101: "flat101@tenants.example.org", 102: "flat102@tenants.example.org"}


class Manager(UserMixin):
    def __init__(self, ident):
        self.id = ident


def load_manager(ident):
    return Manager(ident)


def address_of(tenant):
    return ADDRESSES.get(tenant)
