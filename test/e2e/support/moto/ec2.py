"""EC2: volumes, launch templates, security groups."""

from moto.ec2.exceptions import InvalidLaunchTemplateIdNotFound
from moto.ec2.models.elastic_block_store import EBSBackend
from moto.ec2.models.launch_templates import LaunchTemplateBackend
from moto.ec2.models.security_groups import SecurityGroupRule


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


def ports_of_protocols(init):
    """A rule of a protocol that has no ports has none; moto fails on it."""

    def make(self, ec2_backend, ip_protocol, group_id, from_port, to_port, *args, **kwargs):
        has_ports = from_port is not None or not ip_protocol or str(ip_protocol) == "-1"
        ports = (from_port, to_port) if has_ports else (-1, -1)
        return init(self, ec2_backend, ip_protocol, group_id, *ports, *args, **kwargs)

    return make


def not_found_by_id(delete_launch_template):
    """A template that is gone is not found by its id, which the provider takes for removed; moto says by its name."""

    def delete(self, name, tid):
        if not name and tid and tid not in self.launch_templates:
            raise InvalidLaunchTemplateIdNotFound(tid)
        return delete_launch_template(self, name, tid)

    return delete


EBSBackend.create_volume = size_of_image(EBSBackend.create_volume)
LaunchTemplateBackend.create_launch_template = keep_template_tags_apart(LaunchTemplateBackend.create_launch_template)
LaunchTemplateBackend.delete_launch_template = not_found_by_id(LaunchTemplateBackend.delete_launch_template)
SecurityGroupRule.__init__ = ports_of_protocols(SecurityGroupRule.__init__)
# A rule between two groups answers without its description.
SecurityGroupRule.description = property(
    lambda self: self.ip_range.get("Description") or (self.source_group or {}).get("Description")
)
