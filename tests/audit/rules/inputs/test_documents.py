"""Queries of a document database that a client can put operators into."""

from __future__ import annotations

import pytest

from flask_garrison.findings import Confidence, Severity
from tests.audit.code.snippets import in_view, lines_of
from tests.audit.code.support import found

RULE = "inputs.nosql-injection"
IMPORTS = "import json\nfrom bson import ObjectId\nfrom pymongo import MongoClient"
ABOVE = "users = MongoClient('x').shop.users"

WEAK = [
    "users.find_one({'name': body['name']})",
    "users.find(body)",
    "users.update_one({'_id': body.get('id')}, {'$set': {'a': 1}})",
    "users.delete_many({'$or': [{'a': 1}, {'b': body['b']}]})",
    "users.aggregate([{'$match': {'a': body['a']}}])",
    "users.find({'$where': 'this.name == \"' + q + '\"'})",
    "users.find_one(json.loads(q))",
    "users.find_one({'name': request.get_json(force=True)['name'], 'a': 'x'})",
    "users.count_documents({body['field']: 'x'})",
    "query = {}\nquery['token'] = body['token']\nusers.find_one(query)",
    "Feedback.objects(**body)",
    "Feedback.objects(__raw__=body)",
]
SAFE = [
    "users.find_one({'name': q})",
    "users.find_one({'name': str(body['name'])})",
    "users.find_one({'name': f\"{body['name']}\"})",
    "users.find_one({'name': {'$eq': body['name']}})",
    "users.find_one({'_id': ObjectId(body['id'])})",
    "if not isinstance(body['name'], str):\n    abort(400)\nusers.find_one({'name': body['name']})",
    "users.find_one({'age': int(body['age'])})",
    "users.insert_one(body)",
    "users.update_one({'a': 1}, {'$set': {'b': body['b']}})",
    "{'a': 1}.update(body)",
    "q.find('x')",
    "q.count('x')",
]


@pytest.mark.parametrize("body", WEAK)
def test_a_value_that_may_be_an_object_is_found(body: str) -> None:
    assert len(lines_of(RULE, body, imports=IMPORTS, above=ABOVE)) == 1


@pytest.mark.parametrize("body", SAFE)
def test_texts_numbers_and_identifiers_are_not(body: str) -> None:
    assert lines_of(RULE, body, imports=IMPORTS, above=ABOVE) == []


def test_the_finding_tells_operators_from_scripts() -> None:
    (finding,) = found(in_view(WEAK[0], imports=IMPORTS, above=ABOVE), RULE)
    assert finding.title == "find_one() takes operators that a client puts into the query"
    assert (finding.severity, finding.confidence) == (Severity.HIGH, Confidence.HIGH)
    (finding,) = found(in_view(WEAK[5], imports=IMPORTS, above=ABOVE), RULE)
    assert finding.title == "find() runs a script that a client's text is part of"


MODEL = (
    """
from typing import Literal
from pydantic import BaseModel
class Wanted(BaseModel):
    name: str
    age: int = 0
    kind: Literal["a", "b"] = "a"
    extra: dict = {}
"""
    + ABOVE
)


@pytest.mark.parametrize("made", ["Wanted(**body)", "Wanted.model_validate(body)"])
def test_a_model_that_checks_types_leaves_no_objects_but_where_it_says_so(made: str) -> None:
    safe = f"w = {made}\nusers.find_one({{'name': w.name, 'age': w.age, 'kind': w.kind}})"
    weak = f"w = {made}\nusers.find_one({{'name': w.extra}})"
    assert lines_of(RULE, safe, imports=IMPORTS, above=MODEL) == []
    assert len(lines_of(RULE, weak, imports=IMPORTS, above=MODEL)) == 1
