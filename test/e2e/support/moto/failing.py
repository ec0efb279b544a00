"""Calls that moto lacks."""

from moto.core.responses import BaseResponse


def fail_at_once(answer):
    """An unimplemented call answers 500, which the provider repeats for minutes; 501 fails at once."""

    def call_action(self):
        try:
            return answer(self)
        except NotImplementedError as missing:
            return 501, {}, f"moto has no {missing}"

    return call_action


BaseResponse.call_action = fail_at_once(BaseResponse.call_action)
