"""RDS: minor versions. AWS chooses one for the major version that it is asked for; moto answers what was asked."""

import re

from moto.core.responses import ActionResult
from moto.rds.exceptions import InvalidParameterCombination
from moto.rds.models import RDSBackend
from moto.rds.responses import RDSResponse

CHOSEN = {
    ("postgres", "17"): "17.6",
    ("mysql", "8.4"): "8.4.7",
    ("mariadb", "11.4"): "11.4.8",
    ("aurora-postgresql", "17"): "17.7",
    ("aurora-mysql", "8.0"): "8.0.mysql_aurora.3.10.1",
}


def chosen(engine, version):
    return CHOSEN.get((engine, version), version)


def describe_db_engine_versions(self):
    """Not there: the default version of those that begin as asked."""
    engine, version = self.params["Engine"], self.params["EngineVersion"]
    family = f"{engine}{version}"
    found = {"Engine": engine, "EngineVersion": chosen(engine, version), "DBParameterGroupFamily": family}
    return ActionResult({"DBEngineVersions": [{**found, "Status": "available", "MajorEngineVersion": version}]})


def never_back(modify_db_cluster):
    """No cluster goes back to an older version, which a major one alone may stand for; an upgrade waits for the window."""

    def modify(self, kwargs):
        wanted = kwargs.pop("engine_version", None)
        if wanted:
            cluster = self.clusters[kwargs["db_cluster_identifier"]]
            wanted = chosen(cluster.engine, wanted)
            if numbers(wanted) < numbers(cluster.engine_version):
                message = f"Cannot upgrade {cluster.engine} from {cluster.engine_version} to {wanted}"
                raise InvalidParameterCombination(message)
            if kwargs.get("apply_immediately"):
                kwargs["engine_version"] = wanted
        return modify_db_cluster(self, kwargs)

    return modify


def numbers(version):
    return [int(number) for number in re.findall(r"\d+", version)]


RDSBackend.modify_db_cluster = never_back(RDSBackend.modify_db_cluster)
RDSResponse.describe_db_engine_versions = describe_db_engine_versions
