"""AWS Resilience Hub: policies."""

import json

from moto.resiliencehub.responses import ResilienceHubResponse


def delete_resiliency_policy(self):
    """Not there, so that no policy can be removed."""
    arn = json.loads(self.body)["policyArn"]
    self.resiliencehub_backend.policies.pop(arn, None)
    return json.dumps({"policyArn": arn})


ResilienceHubResponse.delete_resiliency_policy = delete_resiliency_policy
