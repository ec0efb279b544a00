"""EKS: clusters and their groups of nodes."""

from keeping import keep_fields
from moto.eks.models import EKSBackend
from moto.eks.responses import EKSResponse


def cluster_named(self):
    return self.eks_backend.clusters[self._get_param("name")]


def group_named(self):
    return cluster_named(self).nodegroups[self._get_param("nodegroupName")]


def without_ssh(create_nodegroup):
    """Nobody gets in by SSH unless that is asked for; moto names a key of its own, which makes the provider replace it."""

    def create(self, *args, **kwargs):
        group = create_nodegroup(self, *args, **kwargs)
        group.remote_access = kwargs.get("remote_access")
        return group

    return create


keep_fields(EKSResponse, ["create_cluster"], cluster_named, ["accessConfig", "upgradePolicy", "zonalShiftConfig"])
keep_fields(EKSResponse, ["create_nodegroup"], group_named, ["updateConfig", "nodeRepairConfig"])
EKSBackend.create_nodegroup = without_ssh(EKSBackend.create_nodegroup)
