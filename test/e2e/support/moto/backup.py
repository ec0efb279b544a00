"""AWS Backup: vaults and tags."""

import json
from urllib.parse import unquote

from moto.backup.responses import BackupResponse
from moto.backup.urls import response, url_paths


def list_tags(self):
    """The ARN is the end of the path; moto takes what stands before it, unless a slash follows."""
    arn = unquote(self.path.split("/tags/", 1)[1].rstrip("/"))
    return json.dumps({"Tags": self.backup_backend.list_tags(resource_arn=arn)})


def list_recovery_points_by_backup_vault(self):
    """Not there, so that no vault can be emptied and removed. Nothing makes a recovery point here."""
    return json.dumps({"RecoveryPoints": []})


BackupResponse.list_tags = list_tags
BackupResponse.list_recovery_points_by_backup_vault = list_recovery_points_by_backup_vault
url_paths["{0}/backup-vaults/(?P<name>[^/]+)/recovery-points/?$"] = response.dispatch
