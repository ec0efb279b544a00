"""EKS: who may use the API of a cluster, which moto lacks."""

from urllib.parse import unquote

from keeping import LOCK
from moto.core.responses import ActionResult, EmptyResult
from moto.core.utils import utcnow
from moto.eks.exceptions import ResourceInUseException, ResourceNotFoundException
from moto.eks.responses import EKSResponse
from moto.eks.urls import response, url_paths


def entries(self):
    cluster = self.eks_backend.describe_cluster(self._get_param("name"))
    return cluster.__dict__.setdefault("access_entries", {})


def entry(self):
    principal = unquote(self._get_param("principalArn"))
    if principal not in entries(self):
        raise ResourceNotFoundException(message=f"The specified principalArn could not be found: {principal}")
    return entries(self)[principal]


def create_access_entry(self):
    principal = self._get_param("principalArn")
    cluster = self._get_param("name")
    with LOCK:
        if principal in entries(self):
            raise ResourceInUseException(message="The specified access entry resource is already in use on this cluster.")
        entries(self)[principal] = {
            "clusterName": cluster,
            "principalArn": principal,
            "kubernetesGroups": self._get_param("kubernetesGroups") or [],
            "accessEntryArn": f"arn:aws:eks:{self.region}:{self.current_account}:access-entry/{cluster}/{len(entries(self))}",
            "createdAt": utcnow(),
            "modifiedAt": utcnow(),
            "tags": self._get_param("tags") or {},
            "username": principal,
            "type": self._get_param("type") or "STANDARD",
            "policies": {},
        }
    return ActionResult({"accessEntry": entries(self)[principal]})


def delete_access_entry(self):
    del entries(self)[entry(self)["principalArn"]]
    return EmptyResult()


def associate_access_policy(self):
    policy = {
        "policyArn": self._get_param("policyArn"),
        "accessScope": self._get_param("accessScope"),
        "associatedAt": utcnow(),
        "modifiedAt": utcnow(),
    }
    found = entry(self)
    found["policies"][policy["policyArn"]] = policy
    return ActionResult({"principalArn": found["principalArn"], "associatedAccessPolicy": policy})


def disassociate_access_policy(self):
    entry(self)["policies"].pop(unquote(self._get_param("policyArn")), None)
    return EmptyResult()


def list_associated_access_policies(self):
    return ActionResult({"associatedAccessPolicies": list(entry(self)["policies"].values())})


EKSResponse.create_access_entry = create_access_entry
EKSResponse.describe_access_entry = lambda self: ActionResult({"accessEntry": entry(self)})
EKSResponse.list_access_entries = lambda self: ActionResult({"accessEntries": list(entries(self))})
EKSResponse.delete_access_entry = delete_access_entry
EKSResponse.associate_access_policy = associate_access_policy
EKSResponse.disassociate_access_policy = disassociate_access_policy
EKSResponse.list_associated_access_policies = list_associated_access_policies
for path in ("access-entries", "access-entries/(?P<rest>.+)"):
    url_paths[f"{{0}}/clusters/(?P<name>[^/]+)/{path}$"] = response.dispatch
