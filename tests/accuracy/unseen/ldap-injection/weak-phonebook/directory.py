import os

import ldap


class DirectoryClient:
    attributes = ["cn"]

    def __init__(self, url, base):
        self.url, self.base = url, base

    def search(self, condition):
        link = ldap.initialize(self.url)
        link.simple_bind_s(os.environ["LDAP_USER"], os.environ["LDAP_PASSWORD"])
        try:
            return link.search_s(self.base, ldap.SCOPE_SUBTREE, condition, self.attributes)  # <- weak
        finally:
            link.unbind_s()


class PhoneBook(DirectoryClient):
    attributes = ["cn", "department", "telephoneNumber"]

    @staticmethod
    def literal(value):
        return value.strip().replace("*", "")

    def find(self, criteria):
        condition = "(&(objectClass=person)(!(unlisted=TRUE))"
        for name, value in criteria.items():
            condition += "(%s=%s)" % (name, self.literal(value))
        entries = self.search(condition + ")")
        return [{key: values[0].decode() for key, values in entry.items()} for _dn, entry in entries]
