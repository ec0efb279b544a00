"""ECS: services."""

import os

from keeping import LOCK, keep_fields
from moto.ecs.models import Service
from moto.ecs.responses import EC2ContainerServiceResponse


def run_tasks(create_service):
    """Tasks stay pending for ever; here they run as soon as they are wanted, so that a deployment ends."""

    def create(self, cluster, service_name, desired_count, *args, **kwargs):
        with LOCK:
            os.environ["MOTO_ECS_SERVICE_RUNNING"] = str(desired_count)
            create_service(self, cluster, service_name, desired_count, *args, **kwargs)

    return create


def service_named(self):
    cluster = self._get_param("cluster")
    name = self._get_param("serviceName") or self._get_param("service")
    return self.ecs_backend.describe_services(cluster, [name])[0][0]


Service.__init__ = run_tasks(Service.__init__)
keep_fields(
    EC2ContainerServiceResponse,
    ["create_service", "update_service"],
    service_named,
    ["availabilityZoneRebalancing", "enableECSManagedTags", "healthCheckGracePeriodSeconds"],
)
