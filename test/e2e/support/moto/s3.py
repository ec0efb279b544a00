"""S3: replication, events and locks of buckets; checksums of what is put in."""

from moto.core.responses import ActionResult
from moto.s3.exceptions import InvalidBucketState, ReplicationConfigurationNotFoundError, S3ClientError
from moto.s3.models import FakeDeleteMarker, S3Backend
from moto.s3.responses import S3Response
from moto.s3.utils import compute_checksum

# Moto answers some of these, and of every rule that it replicates no delete markers.
KEPT = ("ID", "Priority", "Status", "DeleteMarkerReplication", "SourceSelectionCriteria", "Destination")


def get_bucket_replication(self):
    self.data["Action"] = "GetBucketReplication"
    replication = self.backend.get_bucket_replication(self.bucket_name)
    if not replication:
        raise ReplicationConfigurationNotFoundError(bucket_name=self.bucket_name)
    rules = [
        {"Filter": {"Prefix": ""}, **{name: rule[name] for name in KEPT if name in rule}}
        for rule in replication["Rule"]
    ]
    return self.serialized(
        ActionResult({"ReplicationConfiguration": {"Role": replication["Role"], "Rules": rules}})
    )


def events_too(get_bucket_notification):
    """That a bucket tells EventBridge is kept, and not answered."""

    def get(self):
        told = self.backend.get_bucket_notification_configuration(self.bucket_name)
        if told is None or told.event_bridge is None:
            return get_bucket_notification(self)
        if told.topic or told.queue or told.cloud_function:
            raise NotImplementedError("EventBridge beside other targets")
        self.data["Action"] = "GetBucketNotificationConfiguration"
        return self.serialized(ActionResult({"EventBridgeConfiguration": {}}))

    return get


def compared(get_checksum):
    """A checksum that comes with an object is compared with what arrived; moto believes it."""

    def get(self, response_headers):
        claimed = self.headers.get("x-amz-checksum-sha256")
        if claimed and compute_checksum(self.body or b"", "SHA256").decode() != claimed:
            raise S3ClientError("BadDigest", "The SHA256 you specified did not match the calculated checksum.")
        return get_checksum(self, response_headers)

    return get


def put_object_lock_configuration(self, bucket_name, lock_enabled, mode=None, days=None, years=None):
    """A bucket may hold objects when it is locked, or its lock is taken away; moto refuses that, as AWS did once."""
    bucket = self.get_bucket(bucket_name)
    if not bucket.is_versioned:
        raise InvalidBucketState("Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration")
    bucket.object_lock_enabled = bucket.object_lock_enabled or lock_enabled
    bucket.default_lock_mode, bucket.default_lock_days, bucket.default_lock_years = mode, days, years


S3Backend.put_object_lock_configuration = put_object_lock_configuration
# Its removal fails when it is the last of its name.
FakeDeleteMarker.dispose = lambda self: None
S3Response.get_bucket_replication = get_bucket_replication
S3Response.get_bucket_notification = events_too(S3Response.get_bucket_notification)
S3Response._get_checksum = compared(S3Response._get_checksum)
