"""Route 53: records, health checks, query logs."""

import copy
from threading import Lock

from moto.route53.exceptions import Route53ClientError
from moto.route53.models import FakeZone, HealthCheck, Route53Backend
from moto.route53.responses import Route53

POLICIES = ("weight", "region", "failover", "geo_location", "multi_value_answer")
CHANGING = Lock()
KEPT = ("AlarmIdentifier", "InsufficientDataHealthStatus", "RoutingControlArn")
REQUESTS = ("IPAddress", "Port", "RequestInterval", "FailureThreshold", "MeasureLatency", "ResourcePath", "EnableSNI")


def delete_of_its_name(change_resource_record_sets):
    """Deletes one record; moto deletes every record of the zone that has the same set identifier, whatever its name."""

    def change(self, zoneid, change_list):
        with CHANGING:  # moto loses some of what comes at once
            change_alone(self, zoneid, change_list)

    def change_alone(self, zoneid, change_list):
        zone = self.get_hosted_zone(zoneid)
        for value in change_list:
            if value["Action"] in ("CREATE", "UPSERT"):
                refuse(zone, value["ResourceRecordSet"])
        before = list(zone.rrsets)
        deleted = [key_of(value["ResourceRecordSet"]) for value in change_list if value["Action"] == "DELETE"]
        change_resource_record_sets(self, zoneid, change_list)
        if deleted:
            zone.rrsets = [one for one in before if (one.name, one.type, one.set_identifier) not in deleted]

    return change


def refuse(zone, record):
    """Route 53 takes one routing policy for a name and type, and no alias of what is not there; moto takes both."""
    name, type_, identifier = key_of(record)
    policy = next((field for field in POLICIES if record.get(FIELDS[field]) is not None), None)
    for other in zone.rrsets:
        if (other.name, other.type) == (name, type_) and other.set_identifier != identifier:
            if next((field for field in POLICIES if getattr(other, field) is not None), None) != policy:
                raise invalid(f"RRSet with DNS name {name}, type {type_}, SetIdentifier {identifier} cannot be created")
    alias = record.get("AliasTarget")
    if alias is None or alias["HostedZoneId"] != zone.resource_id:
        return
    target = alias["DNSName"].rstrip(".") + "."
    if not any((one.name, one.type) == (target, type_) for one in zone.rrsets):
        raise invalid(f"Tried to create an alias that targets {target}, type {type_}, but that target was not found")


FIELDS = {
    "weight": "Weight",
    "region": "Region",
    "failover": "Failover",
    "geo_location": "GeoLocation",
    "multi_value_answer": "MultiValueAnswer",
}


def invalid(message):
    return Route53ClientError("InvalidChangeBatch", message)


def key_of(record):
    return (record["Name"].rstrip(".") + ".", record["Type"], record.get("SetIdentifier"))


def create_health_check(create):
    """Keeps what moto drops of checks of alarms and of routing controls."""

    def created(self):
        config = copy.deepcopy(self._get_param("HealthCheckConfig"))
        answer = create(self)
        check = answer.result["HealthCheck"]
        check.kept = {field: config[field] for field in KEPT if field in config}
        return answer

    return created


def health_check_config(moto_config):
    def config(self):
        found = {**moto_config.fget(self), **getattr(self, "kept", {})}
        asks_nothing = self.type_ in ("CALCULATED", "CLOUDWATCH_METRIC", "RECOVERY_CONTROL")
        return {field: value for field, value in found.items() if not (asks_nothing and field in REQUESTS)}

    return property(config)


def create_query_logging_config(create):
    """Takes the ARN of a log group as CloudWatch gives it to Terraform; moto wants one that ends with ":*"."""

    def created(self, hosted_zone_id, log_group_arn):
        config = create(self, hosted_zone_id, log_group_arn.removesuffix(":*") + ":*")
        config.cloud_watch_logs_log_group_arn = log_group_arn
        return config

    return created


Route53Backend.change_resource_record_sets = delete_of_its_name(Route53Backend.change_resource_record_sets)
Route53Backend.create_query_logging_config = create_query_logging_config(Route53Backend.create_query_logging_config)
Route53.create_health_check = create_health_check(Route53.create_health_check)
HealthCheck.health_check_config = health_check_config(HealthCheck.health_check_config)
