"""EC2: network interfaces that outlive their instance, and the addresses and routes that lead to them."""

from moto.core.exceptions import JsonRESTError
from moto.ec2.models.elastic_ip_addresses import ElasticAddress
from moto.ec2.models.instances import Instance, InstanceBackend
from moto.ec2.models.route_tables import Route
from moto.ec2.responses.elastic_ip_addresses import ElasticIPAddresses


def interface_of_template(run_instances):
    """An interface that a template names is the instance's; moto looks at no interface of a template."""

    def run(self, image_id, count, user_data, security_group_names, **kwargs):
        template = kwargs.get("launch_template")
        data = self._get_template_from_args(template).data if template else {}
        named = [nic for nic in data.get("NetworkInterfaces", []) if nic.get("NetworkInterfaceId")]
        if named and not kwargs.get("nics"):
            interface = self.get_network_interface(named[0]["NetworkInterfaceId"])
            if interface.instance:
                raise JsonRESTError("InvalidNetworkInterface.InUse", f"Interface: [{interface.id}] in use.")
            kwargs["nics"] = [{"DeviceIndex": 0, "NetworkInterfaceId": interface.id}]
        return run_instances(self, image_id, count, user_data, security_group_names, **kwargs)

    return run


def free_interfaces(terminate):
    """An interface that stays is free when its instance is gone; moto leaves it in use."""

    def end(self):
        before = terminate(self)
        for interface in list(self.nics.values()):
            self.detach_eni(interface)
        return before

    return end


def private_address(associate_address):
    """An association is with one private address of an interface; moto knows the first alone."""

    def associate(self):
        answer = associate_address(self)
        allocation = self._get_param("AllocationId")
        for address in self.ec2_backend.addresses:
            if allocation and address.allocation_id == allocation:
                address.asked_private_ip = self._get_param("PrivateIpAddress")
        return answer

    return associate


def blackhole(state):
    """A route to an interface without an instance leads nowhere."""
    return property(lambda self: "blackhole" if self.interface and not self.interface.instance else state.fget(self))


InstanceBackend.run_instances = interface_of_template(InstanceBackend.run_instances)
Instance.terminate = free_interfaces(Instance.terminate)
ElasticIPAddresses.associate_address = private_address(ElasticIPAddresses.associate_address)
Route.state = blackhole(Route.state)
# The instance at the interface now, also when it is another than at the time of the call.
ElasticAddress.instance_id = property(
    lambda self: self.eni.instance.id
    if self.eni and self.eni.instance
    else (self.instance.id if self.instance and not self.eni else "")
)
ElasticAddress.private_ip_address = property(
    lambda self: (getattr(self, "asked_private_ip", None) or self.eni.private_ip_address) if self.eni else None
)
