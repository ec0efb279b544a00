"""S3: policies of buckets."""

import json
from fnmatch import fnmatchcase

from flask import request
from moto.iam.access_control import PermissionResult
from moto.s3.models import FakeBucket


def get_permission(self, action, resource):
    """A statement counts when its conditions hold; moto denies whenever they do not, and knows hardly any."""
    if self.policy is None:
        return PermissionResult.NEUTRAL
    if action == "s3:DeleteObject" and "versionId" in request.args:
        action = "s3:DeleteObjectVersion"
    statements = json.loads(self.policy.decode())["Statement"]
    effects = {statement["Effect"] for statement in statements if concerns(statement, action, resource)}
    if "Deny" in effects:
        return PermissionResult.DENIED
    return PermissionResult.PERMITTED if "Allow" in effects else PermissionResult.NEUTRAL


def concerns(statement, action, resource):
    return (
        statement["Principal"] == "*"  # roles are not known here: requests come from one user
        and any(fnmatchcase(action, pattern) for pattern in listed(statement["Action"]))
        and any(fnmatchcase(resource, pattern) for pattern in listed(statement["Resource"]))
        and all(
            holds(operator, value_of(key), listed(expected))
            for operator, tests in statement.get("Condition", {}).items()
            for key, expected in tests.items()
        )
    )


def listed(value):
    return value if isinstance(value, list) else [value]


def value_of(key):
    """What a request says; it comes without TLS here, and stands for one with it."""
    if key == "aws:SecureTransport":
        return "true"
    if key.startswith("s3:x-amz-"):
        return request.headers.get(key.removeprefix("s3:"))
    raise NotImplementedError(f"condition key {key}")


def holds(operator, value, expected):
    # https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
    match operator:
        case "Null":
            return ("true" if value is None else "false") in expected
        case "Bool" | "StringEquals":
            return value in expected
        case "StringNotEquals":
            return value not in expected
        case _:
            raise NotImplementedError(f"condition operator {operator}")


FakeBucket.get_permission = get_permission
