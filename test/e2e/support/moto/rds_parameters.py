"""RDS: parameter groups."""

from moto.rds.models import DBClusterParameterGroup, DBParameterGroup


def said_by_user(update):
    """A parameter that was set says so; moto leaves the source out, and the provider takes none for set."""

    def update_parameters(self, parameters):
        update(self, [{**parameter, "Source": "user", "IsModifiable": True} for parameter in parameters])

    return update_parameters


DBParameterGroup.update_parameters = said_by_user(DBParameterGroup.update_parameters)
DBClusterParameterGroup.update_cluster_parameters = said_by_user(DBClusterParameterGroup.update_cluster_parameters)
