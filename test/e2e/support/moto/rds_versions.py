"""RDS: minor versions. AWS answers the one that it chose, moto the major one that was asked for."""

CHOSEN = {
    ("postgres", "17"): "17.6",
    ("mysql", "8.4"): "8.4.7",
    ("mariadb", "11.4"): "11.4.8",
    ("aurora-postgresql", "17"): "17.7",
    ("aurora-mysql", "8.0"): "8.0.mysql_aurora.3.10.1",
}


def chosen(engine, version):
    return CHOSEN.get((engine, version), version)
