from lxml import etree

PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
PUBLIC = "@state = 'published'"


def load():
    with open("/srv/school/courses.xml", "rb") as source:
        return etree.parse(source, PARSER).getroot()


def predicates(pairs):
    for number, (attribute, value) in enumerate(pairs):
        name = f"value{number}"
        yield f"@{attribute} = ${name}", (name, value)


def find(*pairs):
    tests, variables = [PUBLIC], {}
    for test, (name, value) in predicates(pairs):
        tests.append(test)
        variables[name] = value
    select = etree.XPath("//course[" + " and ".join(tests) + "]")  # <- weak
    return [{"code": node.get("code"), "title": node.findtext("title")} for node in select(load(), **variables)]
