"""Calls that a client makes again, because it got no answer."""

import sys
from collections import OrderedDict

from moto.core.responses import BaseResponse

KEPT = 1000


def answer_as_before(answer):
    """An answer that got lost on the way is given again: moto would not find what the first call has removed.

    The SDKs send one id with every try of a call. AWS answers a second removal in words that the provider takes for
    success; moto does not always. What is told here, the test prints: neither should happen.
    """
    answers = OrderedDict()

    def tell(what):
        print(f"moto: {what}", file=sys.stderr, flush=True)

    def call_action(self):
        call = self.headers.get("amz-sdk-invocation-id")
        if call in answers:
            tell(f"{self._get_action()} came again, and was answered as before")
            return answers[call]
        try:
            answered = answer(self)
        except Exception as error:
            tell(f"{self._get_action()} failed: {error!r}")
            raise
        if call and answered[0] < 300:
            answers[call] = answered
            if len(answers) > KEPT:
                answers.popitem(last=False)
        return answered

    return call_action


BaseResponse.call_action = answer_as_before(BaseResponse.call_action)
