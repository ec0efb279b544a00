"""Starts moto's server with corrections where it answers otherwise than AWS does.

usage: start_moto.py PORT

Each correction says what is wrong without it. Fields that moto does not keep are listed in ../moto-gaps.ts instead.
"""

import json
import os
import sys
from threading import Lock

from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse
from moto.autoscaling.models import AutoScalingBackend, FakeScalingPolicy
from moto.autoscaling.responses import AutoScalingResponse
from moto.core.responses import BaseResponse, EmptyResult
from moto.core.utils import camelcase_to_underscores
from moto.ec2.models.elastic_block_store import EBSBackend
from moto.ec2.models.launch_templates import LaunchTemplateBackend
from moto.ec2.models.security_groups import SecurityGroupRule
from moto.ecs.models import Service
from moto.ecs.responses import EC2ContainerServiceResponse
from moto.server import main

LOCK = Lock()


def fail_at_once(answer):
    """An unimplemented call answers 500, which the provider repeats for minutes; 501 fails at once."""

    def call_action(self):
        try:
            return answer(self)
        except NotImplementedError as missing:
            return 501, {}, f"moto has no {missing}"

    return call_action


def size_of_image(create_volume):
    """A mapping without a size takes the image's, as on AWS; moto refuses it."""

    def create(self, size, *args, **kwargs):
        snapshot = kwargs.get("snapshot_id")
        return create_volume(self, size if size or snapshot else 8, *args, **kwargs)

    return create


def keep_template_tags_apart(create_launch_template):
    """Tags of a launch template are its own; moto copies them into what it launches."""

    def create(self, name, description, template_data, tag_spec):
        specifications = template_data.get("TagSpecifications", [])
        template_data["TagSpecifications"] = [
            specification for specification in specifications if specification["ResourceType"] != "launch-template"
        ]
        return create_launch_template(self, name, description, template_data, tag_spec)

    return create


def run_tasks(create_service):
    """Tasks stay pending for ever; here they run as soon as they are wanted, so that a deployment ends."""

    def create(self, cluster, service_name, desired_count, *args, **kwargs):
        with LOCK:
            os.environ["MOTO_ECS_SERVICE_RUNNING"] = str(desired_count)
            create_service(self, cluster, service_name, desired_count, *args, **kwargs)

    return create


def policies_of_their_group(put_scaling_policy):
    """A policy's name is unique in its group; moto keeps one of that name for all groups."""

    def put(self, *args, **kwargs):
        with LOCK:
            policy = put_scaling_policy(self, *args, **kwargs)
            self.policies[f"{policy.auto_scaling_group_name}/{policy.name}"] = self.policies.pop(policy.name)
            return policy

    return put


def delete_policy(self):
    group = self._get_param("AutoScalingGroupName")
    self.autoscaling_backend.delete_policy(f"{group}/{self._get_param('PolicyName')}")
    return EmptyResult()


def keep_fields(responses, actions, find, fields):
    """Some fields are taken and forgotten; kept on the object, they are answered like the others."""

    def keeping(act):
        def keep(self):
            answer = act(self)
            kept = find(self)
            for field in fields:
                value = self._get_param(field)
                if value is not None:
                    setattr(kept, camelcase_to_underscores(field), value)
            return answer

        return keep

    for action in actions:
        setattr(responses, action, keeping(getattr(responses, action)))


def group_named(self):
    return self.autoscaling_backend.autoscaling_groups[self._get_param("AutoScalingGroupName")]


def service_named(self):
    cluster = self._get_param("cluster")
    name = self._get_param("serviceName") or self._get_param("service")
    return self.ecs_backend.describe_services(cluster, [name])[0][0]


SCALABLE_TAGS = {}


def keep_scalable_tags(register):
    """Scalable targets forget their tags, and ListTagsForResource is not there."""

    def remember(self):
        answer = register(self)
        SCALABLE_TAGS[json.loads(answer)["ScalableTargetARN"]] = self._get_param("Tags") or {}
        return answer

    return remember


BaseResponse.call_action = fail_at_once(BaseResponse.call_action)
EBSBackend.create_volume = size_of_image(EBSBackend.create_volume)
LaunchTemplateBackend.create_launch_template = keep_template_tags_apart(LaunchTemplateBackend.create_launch_template)
Service.__init__ = run_tasks(Service.__init__)
AutoScalingBackend.put_scaling_policy = policies_of_their_group(AutoScalingBackend.put_scaling_policy)
AutoScalingResponse.delete_policy = delete_policy
ApplicationAutoScalingResponse.register_scalable_target = keep_scalable_tags(
    ApplicationAutoScalingResponse.register_scalable_target
)
ApplicationAutoScalingResponse.list_tags_for_resource = lambda self: json.dumps(
    {"Tags": SCALABLE_TAGS.get(self._get_param("ResourceARN"), {})}
)
keep_fields(
    AutoScalingResponse,
    ["create_auto_scaling_group", "update_auto_scaling_group"],
    group_named,
    ["AvailabilityZoneDistribution", "DefaultInstanceWarmup", "InstanceMaintenancePolicy"],
)
keep_fields(
    EC2ContainerServiceResponse,
    ["create_service", "update_service"],
    service_named,
    ["availabilityZoneRebalancing", "enableECSManagedTags", "healthCheckGracePeriodSeconds"],
)
# A scaling policy has no `enabled`, so that every plan wants to set it.
FakeScalingPolicy.enabled = True
# A rule between two groups answers without its description.
SecurityGroupRule.description = property(
    lambda self: self.ip_range.get("Description") or (self.source_group or {}).get("Description")
)

if __name__ == "__main__":
    main(["-H", "127.0.0.1", "-p", sys.argv[1]])
