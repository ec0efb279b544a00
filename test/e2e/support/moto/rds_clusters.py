"""RDS: clusters, Multi-AZ and Aurora."""

from moto.rds.models import DBCluster, DBInstanceClustered, RDSBackend
from rds_versions import chosen

KEPT = [
    "monitoring_interval",
    "monitoring_role_arn",
    "performance_insights_kms_key_id",
    "performance_insights_retention_period",
]
# What gp3 has by itself below 400 GiB.
USUAL_IOPS = 3000


def complete(init):
    def __init__(self, *args, **kwargs):
        if "engine_version" in kwargs:
            kwargs["engine_version"] = chosen(kwargs["engine"], kwargs["engine_version"])
        # Refused for Multi-AZ clusters, which have it.
        # https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/create-multi-az-db-cluster.html
        by_iam = kwargs.pop("enable_iam_database_authentication", False)
        init(self, *args, **kwargs)
        self.iam_auth = by_iam
        # Taken and forgotten.
        self.performance_insights_enabled = kwargs.get("enable_performance_insights", False)
        for field in KEPT:
            setattr(self, field, kwargs.get(field))
        if is_multi_az(self) and self.storage_type == "gp3" and self.iops is None:
            self.iops = USUAL_IOPS

    return __init__


def is_multi_az(cluster):
    return cluster.db_cluster_instance_class is not None


def with_members(create_db_cluster):
    """A Multi-AZ cluster has three instances, one in each zone, which Terraform does not know; moto makes none."""

    def create(self, kwargs):
        cluster = create_db_cluster(self, kwargs)
        if is_multi_az(cluster):
            for number, zone in enumerate(cluster.availability_zones, start=1):
                identifier = f"{cluster.db_cluster_identifier}-instance-{number}"
                self.databases[identifier] = DBInstanceClustered(
                    backend=self,
                    db_cluster_identifier=cluster.db_cluster_identifier,
                    db_instance_identifier=identifier,
                    db_instance_class=cluster.db_cluster_instance_class,
                    engine=cluster.engine,
                    availability_zone=zone,
                    db_subnet_group_name=cluster.db_subnet_group_name,
                )
        return cluster

    return create


def without_members(delete_db_cluster):
    """They go with their cluster."""

    def delete(self, cluster_identifier, snapshot_name=None):
        cluster = self.clusters.get(cluster_identifier)
        if cluster and is_multi_az(cluster) and not cluster.deletion_protection:
            for member in cluster._members:
                self.databases.pop(member.db_instance_identifier)
        return delete_db_cluster(self, cluster_identifier, snapshot_name)

    return delete


def set_iam_auth(self, value):
    self.iam_auth = value


def set_insights(self, value):
    self.performance_insights_enabled = value


DBCluster.__init__ = complete(DBCluster.__init__)
# Changed, both are taken and forgotten.
DBCluster.enable_iam_database_authentication = property(None, set_iam_auth)
DBCluster.enable_performance_insights = property(None, set_insights)
# Only serverless clusters of the first kind have one; an empty one is a change in every plan.
DBCluster.scaling_configuration_info = property(lambda self: None)
RDSBackend.create_db_cluster = with_members(RDSBackend.create_db_cluster)
RDSBackend.delete_db_cluster = without_members(RDSBackend.delete_db_cluster)
