"""RDS: instances and their read replicas."""

from hashlib import sha1

from moto.rds.models import DBInstance, DBInstanceClustered, RDSBackend
from moto.rds.responses import RDSResponse
from rds_versions import chosen

KEPT = [
    "monitoring_interval",
    "monitoring_role_arn",
    "performance_insights_kms_key_id",
    "performance_insights_retention_period",
]


def complete(init):
    def __init__(self, *args, **kwargs):
        in_cluster = isinstance(self, DBInstanceClustered)
        if not in_cluster and "engine_version" in kwargs:
            kwargs["engine_version"] = chosen(kwargs["engine"], kwargs["engine_version"])
        init(self, *args, **kwargs)
        # The same for every instance, so that the provider, which reads by it, finds another one or none.
        unique = f"{self.region}/{self.db_instance_identifier}/{self.created}"
        self.dbi_resource_id = f"db-{sha1(unique.encode()).hexdigest()[:26].upper()}"
        # Taken and forgotten.
        self.performance_insights_enabled = kwargs.get("enable_performance_insights", False)
        for field in KEPT:
            setattr(self, field, kwargs.get(field))
        # A Multi-AZ instance stands in the first zone of its subnet group, its standby in the second.
        zones = zones_of(self)
        if not in_cluster and self.multi_az and len(zones) > 1:
            self.availability_zone, self.secondary_availability_zone = zones[:2]

    return __init__


def zones_of(instance):
    group = getattr(instance, "db_subnet_group", None)
    return sorted({subnet.availability_zone for subnet in group._subnets}) if group else []


def enable_performance_insights(self, value):
    self.performance_insights_enabled = value


def reboot(answer):
    """A reboot with failover turns the two zones round."""

    def reboot_db_instance(self):
        instance = self.backend.describe_db_instances(self.params["DBInstanceIdentifier"])[0]
        if self.params.get("ForceFailover"):
            first, second = instance.availability_zone, instance.secondary_availability_zone
            instance.availability_zone, instance.secondary_availability_zone = second, first
        return answer(self)

    return reboot_db_instance


def create_db_instance_read_replica(self, db_kwargs):
    """A replica is an instance of its own; moto copies the source with all its fields, and its subnet group."""
    source = self.find_db_from_id(db_kwargs["source_db_instance_identifier"])
    own = {name: value for name, value in db_kwargs.items() if name not in ("backend", "source_region")}
    inherited = {
        "engine": source.engine,
        "engine_version": source.engine_version,
        "allocated_storage": source.allocated_storage,
        "master_username": source.master_username,
        "db_name": source.db_name,
        "storage_encrypted": source.storage_encrypted,
        "backup_retention_period": 0,
    }
    replica = DBInstance(self, **{**inherited, **own})
    replica.is_replica = True
    self.databases[replica.db_instance_identifier] = replica
    source.add_replica(replica)
    return replica


def promote_read_replica(self, db_kwargs):
    """A promoted replica follows nobody; in moto it still names its source."""
    replica = self.databases[db_kwargs["db_instance_identifier"]]
    self.find_db_from_id(replica.source_db_instance_identifier).remove_replica(replica)
    replica.is_replica = False
    replica.source_db_instance_identifier = None
    return replica


def remove_replica(self, replica):
    """A source names replicas of other regions by their ARN; moto looks for the identifier."""
    names = (replica.db_instance_identifier, replica.db_instance_arn)
    self.replicas = [name for name in self.replicas if name not in names]


DBInstance.__init__ = complete(DBInstance.__init__)
DBInstance.enable_performance_insights = property(None, enable_performance_insights)
DBInstance.remove_replica = remove_replica
RDSResponse.reboot_db_instance = reboot(RDSResponse.reboot_db_instance)
RDSBackend.create_db_instance_read_replica = create_db_instance_read_replica
RDSBackend.promote_read_replica = promote_read_replica
