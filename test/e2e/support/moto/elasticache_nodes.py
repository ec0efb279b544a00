"""ElastiCache: replication groups and their nodes."""

from inspect import signature

from moto.core.responses import ActionResult
from moto.elasticache.exceptions import ElastiCacheException
from moto.elasticache.models import CacheCluster, ElastiCacheBackend
from moto.elasticache.responses import ElastiCacheResponse

ACCEPTED = list(signature(CacheCluster).parameters)
# AWS answers the patch version that it chose, moto none.
CHOSEN = {"8.0": "8.0.1", "7.2": "7.2.6", "7.1": "7.1.0"}


def create_replication_group(create):
    def create_replication_group(self, **settings):
        groups = self.__dict__.get("parameter_groups", {})
        parameters = groups.get(settings["cache_parameter_group_name"], {}).get("values", {})
        in_cluster_mode = parameters.get("cluster-enabled") == "yes"
        if in_cluster_mode:
            settings["cluster_mode"] = "enabled"  # without a word, its parameters say so
        elif settings["num_cache_clusters"]:
            # as many nodes as were asked for; moto makes one
            settings["replicas_per_node_group"] = settings["num_cache_clusters"] - 1
        settings["engine_version"] = CHOSEN.get(settings["engine_version"], settings["engine_version"])
        zones = zones_of(self, settings["cache_subnet_group_name"])
        group = create(self, **settings)
        for node_group in group.node_groups:
            address = node_group.get("reader_endpoint_address")
            if address:
                # moto answers the host that reads in no field that there is
                node_group["reader_endpoint"] = {"address": address, "port": group.port}
            for position, member in enumerate(node_group["node_group_members"]):
                # without a word, in the zones of its subnets; moto: in us-east-1
                if not settings["preferred_cache_cluster_azs"]:
                    member["preferred_availability_zone"] = zones[position % len(zones)]
                self.cache_clusters[member["cache_cluster_id"]] = node(self, group, member, settings)
        return group

    return create_replication_group


def zones_of(self, subnet_group):
    subnets = self.cache_subnet_groups[subnet_group].subnets
    return sorted({subnet["subnet_availability_zone"] for subnet in subnets})


def node(self, group, member, settings):
    """Every node is a cache cluster of its own, with what the group forgets; moto makes none."""
    given = {
        **settings,
        "account_id": self.account_id,
        "region_name": self.region_name,
        "cache_cluster_id": member["cache_cluster_id"],
        "preferred_availability_zone": member["preferred_availability_zone"],
    }
    cluster = CacheCluster(**{name: given.get(name) for name in ACCEPTED})
    cluster.replication_group_id = group.replication_group_id
    cluster.num_cache_nodes = 1
    cluster.snapshot_window = group.snapshot_window
    cluster.at_rest_encryption_enabled = group.at_rest_encryption_enabled
    cluster.transit_encryption_mode = group.transit_encryption_mode
    cluster.cache_parameter_group = {
        "CacheParameterGroupName": settings["cache_parameter_group_name"],
        "ParameterApplyStatus": "in-sync",
    }
    cluster.security_groups = [
        {"SecurityGroupId": security_group, "Status": "active"} for security_group in settings["security_group_ids"]
    ]
    if settings["notification_topic_arn"]:
        cluster.notification_configuration = {"TopicArn": settings["notification_topic_arn"], "TopicStatus": "active"}
    return cluster


def delete_replication_group(delete):
    """A deleted group goes, with its nodes and out of its user groups; in moto it is being deleted for ever."""

    def delete_replication_group(self, **settings):
        group = delete(self, **settings)
        del self.replication_groups[group.replication_group_id]
        for member in group.member_clusters:
            self.cache_clusters.pop(member, None)
        return group

    return delete_replication_group


def test_failover(self):
    """Not there: the first replica becomes the primary."""
    group = self.elasticache_backend.describe_replication_groups(self._get_param("ReplicationGroupId"))[0]
    if group.automatic_failover != "enabled":
        raise ElastiCacheException("InvalidReplicationGroupStateFault", "automatic failover is not enabled")
    wanted = self._get_param("NodeGroupId")
    for node_group in group.node_groups:
        if node_group["node_group_id"] == wanted:
            primary, replica = node_group["node_group_members"][:2]
            primary["current_role"], replica["current_role"] = "replica", "primary"
    return ActionResult({"ReplicationGroup": group})


ElastiCacheBackend.create_replication_group = create_replication_group(ElastiCacheBackend.create_replication_group)
ElastiCacheBackend.delete_replication_group = delete_replication_group(ElastiCacheBackend.delete_replication_group)
ElastiCacheResponse.test_failover = test_failover
