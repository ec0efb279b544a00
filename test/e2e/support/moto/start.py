"""Starts moto's server with corrections where it answers otherwise than AWS does.

usage: start.py PORT

One file for each part of AWS; each correction there says what is wrong without it. Fields that moto does not keep, and
resources that it lacks wholly, are listed in ../../moto-gaps.ts instead.
"""

import importlib
import sys

from moto.server import main

for part in (
    "autoscaling",
    "backup",
    "ec2",
    "ec2_interfaces",
    "ecs",
    "eks",
    "eks_access",
    "eks_add_ons",
    "elasticache_groups",
    "elasticache_nodes",
    "failing",
    "lost_answers",
    "rds_clusters",
    "rds_global",
    "rds_instances",
    "rds_parameters",
    "rds_proxies",
    "rds_versions",
    "resilience_hub",
    "route53",
    "s3",
    "s3_policies",
    "scaling",
):
    importlib.import_module(part)

if __name__ == "__main__":
    main(["-H", "127.0.0.1", "-p", sys.argv[1]])
