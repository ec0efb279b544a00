"""Application Auto Scaling: tags of what is scaled."""

import json

from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse

SCALABLE_TAGS = {}


def keep_scalable_tags(register):
    """Scalable targets forget their tags, and ListTagsForResource is not there."""

    def remember(self):
        answer = register(self)
        SCALABLE_TAGS[json.loads(answer)["ScalableTargetARN"]] = self._get_param("Tags") or {}
        return answer

    return remember


ApplicationAutoScalingResponse.register_scalable_target = keep_scalable_tags(
    ApplicationAutoScalingResponse.register_scalable_target
)
ApplicationAutoScalingResponse.list_tags_for_resource = lambda self: json.dumps(
    {"Tags": SCALABLE_TAGS.get(self._get_param("ResourceARN"), {})}
)
