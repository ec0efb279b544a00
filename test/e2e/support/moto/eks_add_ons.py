"""EKS: add-ons, and the roles of pods, which moto lacks."""

from uuid import uuid4

from keeping import LOCK
from moto.core.responses import ActionResult
from moto.core.utils import utcnow
from moto.eks.exceptions import InvalidParameterException, ResourceInUseException, ResourceNotFoundException
from moto.eks.responses import EKSResponse
from moto.eks.urls import response, url_paths

# Some version of each; which one AWS recommends changes from week to week.
RECOMMENDED = {
    "aws-ebs-csi-driver": "v1.53.0-eksbuild.1",
    "coredns": "v1.12.4-eksbuild.1",
    "eks-pod-identity-agent": "v1.3.9-eksbuild.5",
    "kube-proxy": "v1.35.0-eksbuild.2",
    "metrics-server": "v0.8.0-eksbuild.3",
    "vpc-cni": "v1.20.4-eksbuild.2",
}


def kept(self, kind):
    """What a cluster has of a kind, by name."""
    return self.eks_backend.describe_cluster(self._get_param("name")).__dict__.setdefault(kind, {})


def found(self, kind, param):
    name = self._get_param(param)
    if name not in kept(self, kind):
        raise ResourceNotFoundException(message=f"No {kind} found for {name}")
    return kept(self, kind)[name]


def associate(self, namespace, service_account, role_arn, tags, owner=None):
    """A service account has one role; EKS refuses a second one."""
    there = kept(self, "associations").values()
    if any((one["namespace"], one["serviceAccount"]) == (namespace, service_account) for one in there):
        raise ResourceInUseException(message=f"Association already exists: {namespace}/{service_account}")
    cluster = self._get_param("name")
    identifier = f"a-{uuid4().hex[:17]}"
    association = {
        "clusterName": cluster,
        "namespace": namespace,
        "serviceAccount": service_account,
        "roleArn": role_arn,
        "associationArn": f"arn:aws:eks:{self.region}:{self.current_account}:podidentityassociation/{cluster}/{identifier}",
        "associationId": identifier,
        "tags": tags or {},
        "createdAt": utcnow(),
        "modifiedAt": utcnow(),
        "ownerArn": owner,
        "disableSessionTags": False,
    }
    kept(self, "associations")[identifier] = association
    return association


def create_pod_identity_association(self):
    params = [self._get_param(name) for name in ("namespace", "serviceAccount", "roleArn", "tags")]
    with LOCK:
        return ActionResult({"association": associate(self, *params)})


def delete_pod_identity_association(self):
    association = found(self, "associations", "associationId")
    del kept(self, "associations")[association["associationId"]]
    return ActionResult({"association": association})


def create_addon(self):
    name, cluster = self._get_param("addonName"), self._get_param("name")
    if name not in RECOMMENDED:
        raise InvalidParameterException(message=f"Addon {name} specified is not supported")
    arn = f"arn:aws:eks:{self.region}:{self.current_account}:addon/{cluster}/{name}/{uuid4()}"
    with LOCK:
        identities = [
            associate(self, "kube-system", one["serviceAccount"], one["roleArn"], {}, arn)
            for one in self._get_param("podIdentityAssociations") or []
        ]
        addon = {
            "addonName": name,
            "clusterName": cluster,
            "status": "ACTIVE",
            "addonVersion": self._get_param("addonVersion") or RECOMMENDED[name],
            "health": {"issues": []},
            "addonArn": arn,
            "createdAt": utcnow(),
            "modifiedAt": utcnow(),
            "tags": self._get_param("tags") or {},
            "configurationValues": self._get_param("configurationValues"),
            "podIdentityAssociations": [one["associationArn"] for one in identities],
        }
        kept(self, "addons")[name] = addon
    return ActionResult({"addon": addon})


def delete_addon(self):
    addon = found(self, "addons", "addonName")
    del kept(self, "addons")[addon["addonName"]]
    owned = [key for key, one in kept(self, "associations").items() if one["ownerArn"] == addon["addonArn"]]
    for key in owned:
        del kept(self, "associations")[key]
    return ActionResult({"addon": addon})


def describe_addon_versions(self):
    name, version = self._get_param("addonName"), self._get_param("kubernetesVersion")
    compatible = [{"clusterVersion": version, "platformVersions": ["*"], "defaultVersion": True}]
    versions = [{"addonVersion": RECOMMENDED[name], "compatibilities": compatible}] if name in RECOMMENDED else []
    return ActionResult({"addons": [{"addonName": name, "addonVersions": versions}] if versions else []})


EKSResponse.create_addon = create_addon
EKSResponse.describe_addon = lambda self: ActionResult({"addon": found(self, "addons", "addonName")})
EKSResponse.list_addons = lambda self: ActionResult({"addons": list(kept(self, "addons"))})
EKSResponse.delete_addon = delete_addon
EKSResponse.describe_addon_versions = describe_addon_versions
EKSResponse.create_pod_identity_association = create_pod_identity_association
EKSResponse.describe_pod_identity_association = lambda self: ActionResult(
    {"association": found(self, "associations", "associationId")}
)
EKSResponse.list_pod_identity_associations = lambda self: ActionResult(
    {"associations": list(kept(self, "associations").values())}
)
EKSResponse.delete_pod_identity_association = delete_pod_identity_association
for kind in ("addons", "pod-identity-associations"):
    for path in (kind, f"{kind}/(?P<rest>.+)"):
        url_paths[f"{{0}}/clusters/(?P<name>[^/]+)/{path}$"] = response.dispatch
url_paths["{0}/addons/supported-versions$"] = response.dispatch
