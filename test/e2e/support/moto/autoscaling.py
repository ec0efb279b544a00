"""EC2 Auto Scaling: groups and their policies."""

from keeping import LOCK, keep_fields
from moto.autoscaling.models import AutoScalingBackend, FakeScalingPolicy
from moto.autoscaling.responses import AutoScalingResponse
from moto.core.responses import EmptyResult


def policies_of_their_group(put_scaling_policy):
    """
    A policy's name is unique in its group; moto keeps one of that name for all groups. And only a predictive policy has
    a predictive configuration; moto answers with an empty one for each, which the provider would send back.
    """

    def put(self, *args, **kwargs):
        with LOCK:
            policy = put_scaling_policy(self, *args, **kwargs)
            policy.predictive_scaling_configuration = policy.predictive_scaling_configuration or None
            self.policies[f"{policy.auto_scaling_group_name}/{policy.name}"] = self.policies.pop(policy.name)
            return policy

    return put


def delete_policy(self):
    group = self._get_param("AutoScalingGroupName")
    self.autoscaling_backend.delete_policy(f"{group}/{self._get_param('PolicyName')}")
    return EmptyResult()


def group_named(self):
    return self.autoscaling_backend.autoscaling_groups[self._get_param("AutoScalingGroupName")]


AutoScalingBackend.put_scaling_policy = policies_of_their_group(AutoScalingBackend.put_scaling_policy)
AutoScalingResponse.delete_policy = delete_policy
keep_fields(
    AutoScalingResponse,
    ["create_auto_scaling_group", "update_auto_scaling_group"],
    group_named,
    ["AvailabilityZoneDistribution", "DefaultInstanceWarmup", "InstanceMaintenancePolicy"],
)
# A scaling policy has no `enabled`, so that every plan wants to set it.
FakeScalingPolicy.enabled = True
