"""ElastiCache: groups of parameters and of users, which moto lacks, and those of subnets."""

from moto.core.responses import ActionResult, EmptyResult
from moto.elasticache.exceptions import ElastiCacheException
from moto.elasticache.models import ElastiCacheBackend
from moto.elasticache.responses import ElastiCacheResponse


def stored(self, kind):
    """Groups of a kind that an account has in a region, by name."""
    return self.elasticache_backend.__dict__.setdefault(kind, {})


def named(self, kind, fault, name):
    groups = stored(self, kind)
    if name not in groups:
        raise ElastiCacheException(fault, f"{name} not found")
    return groups[name]


def keep(self, kind, resource, name, group):
    backend = self.elasticache_backend
    arn = f"arn:aws:elasticache:{self.region}:{self.current_account}:{resource}:{name}"
    stored(self, kind)[name] = {**group, "ARN": arn}
    backend.tagging_service.tag_resource(arn, self._get_param("Tags", []))
    return stored(self, kind)[name]


def parameter_group(self):
    return named(self, "parameter_groups", "CacheParameterGroupNotFoundFault", self._get_param("CacheParameterGroupName"))


def create_cache_parameter_group(self):
    name = self._get_param("CacheParameterGroupName")
    group = {
        "CacheParameterGroupName": name,
        "CacheParameterGroupFamily": self._get_param("CacheParameterGroupFamily"),
        "Description": self._get_param("Description"),
        "IsGlobal": False,
        "values": {},
    }
    return ActionResult({"CacheParameterGroup": keep(self, "parameter_groups", "parametergroup", name, group)})


def describe_cache_parameter_groups(self):
    return ActionResult({"CacheParameterGroups": [parameter_group(self)]})


def modify_cache_parameter_group(self):
    group = parameter_group(self)
    for parameter in self._get_param("ParameterNameValues"):
        group["values"][parameter["ParameterName"]] = parameter["ParameterValue"]
    return ActionResult(group)


def describe_cache_parameters(self):
    parameters = [
        {"ParameterName": name, "ParameterValue": value, "Source": "user", "IsModifiable": True}
        for name, value in parameter_group(self)["values"].items()
    ]
    return ActionResult({"Parameters": parameters})


def delete_cache_parameter_group(self):
    del stored(self, "parameter_groups")[parameter_group(self)["CacheParameterGroupName"]]
    return EmptyResult()


def user_group(self):
    return named(self, "user_groups", "UserGroupNotFoundFault", self._get_param("UserGroupId"))


def create_user_group(self):
    name = self._get_param("UserGroupId").lower()
    users = self._get_param("UserIds", [])
    for user in users:
        self.elasticache_backend.describe_users(user)  # fails when it is not there
    group = {
        "UserGroupId": name,
        "Status": "active",
        "Engine": self._get_param("Engine"),
        "UserIds": users,
        "MinimumEngineVersion": "6.0",
        "ReplicationGroups": [],
    }
    return ActionResult(keep(self, "user_groups", "usergroup", name, group))


def describe_user_groups(self):
    return ActionResult({"UserGroups": [user_group(self)]})


def delete_user_group(self):
    group = user_group(self)
    del stored(self, "user_groups")[group["UserGroupId"]]
    return ActionResult({**group, "Status": "deleting"})


def delete_cache_subnet_group(self):
    del self.elasticache_backend.cache_subnet_groups[self._get_param("CacheSubnetGroupName")]
    return EmptyResult()


def of_any_arn(list_tags_for_resource):
    """Tags of groups, whose ARNs moto does not know."""

    def list_tags(self, arn):
        if arn.split(":")[5] in ("parametergroup", "usergroup"):
            return self.tagging_service.list_tags_for_resource(arn)
        return list_tags_for_resource(self, arn)

    return list_tags


for action in (
    create_cache_parameter_group,
    describe_cache_parameter_groups,
    modify_cache_parameter_group,
    describe_cache_parameters,
    delete_cache_parameter_group,
    create_user_group,
    describe_user_groups,
    delete_user_group,
    delete_cache_subnet_group,
):
    setattr(ElastiCacheResponse, action.__name__, action)
ElastiCacheBackend.list_tags_for_resource = of_any_arn(ElastiCacheBackend.list_tags_for_resource)
