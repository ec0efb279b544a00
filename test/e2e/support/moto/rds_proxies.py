"""RDS: proxies."""

from hashlib import sha1

from moto.core.responses import ActionResult
from moto.rds.exceptions import RDSClientError
from moto.rds.models import DBProxyTarget, RDSBackend, TaggingMixin
from moto.rds.responses import RDSResponse

ENDPOINTS = {}


class ProxyEndpoint(TaggingMixin):
    """Not there: a second host of a proxy, for those who only read."""

    def __init__(self, proxy, params):
        name = params["DBProxyEndpointName"]
        number = sha1(name.encode()).hexdigest()[:17]
        self.db_proxy_endpoint_name = name
        self.db_proxy_endpoint_arn = f"{proxy.arn.rsplit(':', 2)[0]}:db-proxy-endpoint:prx-endpoint-{number}"
        self.db_proxy_name = proxy.db_proxy_name
        self.status = "available"
        self.vpc_id = proxy.vpc_id
        self.vpc_security_group_ids = params.get("VpcSecurityGroupIds") or proxy.vpc_security_group_ids
        self.vpc_subnet_ids = params["VpcSubnetIds"]
        self.endpoint = f"{name}.endpoint.{proxy.endpoint.split('.', 1)[1]}"
        self.created_date = proxy.created_date
        self.target_role = params.get("TargetRole") or "READ_WRITE"
        self.is_default = False
        self.tags = params.get("Tags", [])


def create_db_proxy_endpoint(self):
    proxy = self.backend.describe_db_proxies(self.params["DBProxyName"])[0]
    endpoint = ProxyEndpoint(proxy, self.params)
    ENDPOINTS[endpoint.db_proxy_endpoint_arn] = endpoint
    return ActionResult({"DBProxyEndpoint": endpoint})


def endpoint_named(name):
    found = [endpoint for endpoint in ENDPOINTS.values() if endpoint.db_proxy_endpoint_name == name]
    if not found:
        raise RDSClientError("DBProxyEndpointNotFoundFault", f"Proxy endpoint {name} not found.")
    return found[0]


def describe_db_proxy_endpoints(self):
    return ActionResult({"DBProxyEndpoints": [endpoint_named(self.params["DBProxyEndpointName"])]})


def delete_db_proxy_endpoint(self):
    endpoint = endpoint_named(self.params["DBProxyEndpointName"])
    del ENDPOINTS[endpoint.db_proxy_endpoint_arn]
    return ActionResult({"DBProxyEndpoint": endpoint})


def tagged(resource_for_tagging):
    return lambda self, arn: ENDPOINTS.get(arn) or resource_for_tagging(self, arn)


def port_of_target(init):
    """A target listens where its database does; moto says 5432 of every one."""

    def __init__(self, backend, resource_id, endpoint, type):
        init(self, backend, resource_id, endpoint, type)
        self.port = (backend.clusters if type == "TRACKED_CLUSTER" else backend.databases)[resource_id].port

    return __init__


DBProxyTarget.__init__ = port_of_target(DBProxyTarget.__init__)
RDSBackend._get_resource_for_tagging = tagged(RDSBackend._get_resource_for_tagging)
RDSResponse.create_db_proxy_endpoint = create_db_proxy_endpoint
RDSResponse.describe_db_proxy_endpoints = describe_db_proxy_endpoints
RDSResponse.delete_db_proxy_endpoint = delete_db_proxy_endpoint
