"""RDS: Aurora global databases."""

from moto.core.responses import ActionResult
from moto.rds.exceptions import InvalidDBClusterStateFault, RDSClientError
from moto.rds.models import DBCluster, RDSBackend, find_cluster, rds_backends
from moto.rds.responses import RDSResponse


def describe_global_clusters(self):
    """One is asked for, by its name or by a member; moto answers all, and the provider takes several for none."""
    wanted = self.params.get("GlobalClusterIdentifier")
    members = [value for one in self.params.get("Filters", []) for value in one["Values"]]
    found = [
        cluster
        for cluster in self.global_backend.describe_global_clusters()
        if wanted in (None, cluster.global_cluster_identifier)
        and (not members or any(member.arn in members for member in cluster.members))
    ]
    return ActionResult({"GlobalClusters": found})


def tag_global_cluster(create_global_cluster):
    """A global cluster is made with its tags; moto forgets them."""

    def create(self):
        result = create_global_cluster(self)
        name = self.params["GlobalClusterIdentifier"]
        self.global_backend.global_clusters[name].add_tags(self.params.get("Tags", []))
        return result

    return create


def find_tagged(get_resource_for_tagging):
    """The ARN of a global cluster has no region; moto takes it for none."""

    def find(self, arn):
        kind, name = arn.split(":")[-2:]
        if kind != "global-cluster":
            return get_resource_for_tagging(self, arn)
        return rds_backends[self.account_id]["us-east-1"].global_clusters[name]

    return find


def global_cluster_of(request):
    """The global cluster that a request names; one that is gone is said to be, where moto fails."""
    name = request.params["GlobalClusterIdentifier"]
    found = request.global_backend.global_clusters.get(name)
    if not found:
        raise RDSClientError("GlobalClusterNotFoundFault", f"Global cluster {name} not found")
    return found


def member_named(cluster, identifier):
    found = [member for member in cluster.members if identifier in (member.arn, member.db_cluster_identifier)]
    if not found:
        name = cluster.global_cluster_identifier
        raise RDSClientError("InvalidParameterValue", f"{identifier} is not found in global cluster {name}")
    return found[0]


def create_from_cluster(create_global_cluster):
    """A cluster of any region can become the first member, and writes; moto looks for it in one region only."""

    def create(self, global_cluster_identifier, source_db_cluster_identifier, engine, *args, **kwargs):
        if source_db_cluster_identifier is None:
            return create_global_cluster(self, global_cluster_identifier, None, engine, *args, **kwargs)
        source = find_cluster(source_db_cluster_identifier)
        kwargs.update(engine_version=source.engine_version, storage_encrypted=source.storage_encrypted)
        cluster = create_global_cluster(self, global_cluster_identifier, None, source.engine, *args, **kwargs)
        source.global_cluster_identifier = cluster.global_cluster_identifier
        source.is_writer = True
        cluster.members.append(source)
        return cluster

    return create


def remove_from_global_cluster(self):
    """Members of all regions can be removed, the writer last; moto looks in one region only, and removes none."""
    cluster = global_cluster_of(self)
    member = member_named(cluster, self.params["DbClusterIdentifier"])
    if member.is_writer and len(cluster.members) > 1:
        raise RDSClientError("InvalidGlobalClusterStateFault", f"{cluster.arn} has other members than its writer")
    cluster.members.remove(member)
    return ActionResult({"GlobalCluster": cluster})


def leave_global_cluster(delete_db_cluster):
    """A removed cluster is no member any more, and a writer cannot be removed before the others."""

    def delete(self, cluster_identifier, snapshot_name=None):
        cluster = self.clusters.get(cluster_identifier)
        joined = [one for one in global_clusters(self) if cluster in one.members]
        if cluster and cluster.is_writer and any(len(one.members) > 1 for one in joined):
            raise InvalidDBClusterStateFault("This cluster is the primary of a global database with other members")
        deleted = delete_db_cluster(self, cluster_identifier, snapshot_name)
        for one in joined:
            one.members.remove(cluster)
        return deleted

    return delete


def global_clusters(backend):
    return backend.get_backend("rds", "us-east-1").global_clusters.values()


def replication_source(self):
    """A second cluster names the first one as its source; in moto nothing does."""
    for cluster in global_clusters(self.backend):
        writer = next((member for member in cluster.members if member.is_writer), None)
        if self in cluster.members and writer and not self.is_writer:
            return writer.arn
    return self._replication_source


def set_replication_source(self, value):
    self._replication_source = value


def switchover_global_cluster(self):
    """Not there: two clusters change their roles."""
    cluster = global_cluster_of(self)
    target = member_named(cluster, self.params["TargetDbClusterIdentifier"])
    for member in cluster.members:
        member.is_writer = member is target
    return ActionResult({"GlobalCluster": cluster})


def modify_global_cluster(self):
    """Not there."""
    cluster = global_cluster_of(self)
    if "DeletionProtection" in self.params:
        cluster.deletion_protection = self.params["DeletionProtection"]
    return ActionResult({"GlobalCluster": cluster})


DBCluster.replication_source_identifier = property(replication_source, set_replication_source)
RDSBackend.create_global_cluster = create_from_cluster(RDSBackend.create_global_cluster)
RDSBackend.delete_db_cluster = leave_global_cluster(RDSBackend.delete_db_cluster)
RDSBackend._get_resource_for_tagging = find_tagged(RDSBackend._get_resource_for_tagging)
RDSResponse.create_global_cluster = tag_global_cluster(RDSResponse.create_global_cluster)
RDSResponse.describe_global_clusters = describe_global_clusters
RDSResponse.remove_from_global_cluster = remove_from_global_cluster
RDSResponse.switchover_global_cluster = switchover_global_cluster
RDSResponse.modify_global_cluster = modify_global_cluster
