import os

from ldap3 import SUBTREE, Connection, Server
from ldap3.utils.conv import escape_filter_chars

QUERY = "(&(objectClass=groupOfNames)(ward={ward})(member=uid={uid},ou=people,dc=hospital,dc=example))"


def prepared(uid, **extra):
    values = dict(extra, uid=uid)
    values["ward"] = escape_filter_chars(values["ward"])
    return QUERY.format_map(values)


def groups_of(uid, **extra):
    connection = Connection(Server(os.environ["LDAP_HOST"], use_ssl=True), auto_bind=True)
    request = {"search_base": "ou=groups,dc=hospital,dc=example", "search_scope": SUBTREE, "attributes": ["cn"]}
    request["search_filter"] = prepared(uid, **extra)
    try:
        connection.search(**request)  # <- weak
        for entry in connection.entries:
            yield str(entry.cn)
    finally:
        connection.unbind()
