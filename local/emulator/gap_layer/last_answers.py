"""The same answer for a call that is sent a second time."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

from .http import Request, Response

MOST = 256


class LastAnswers:
    """What went well lately, by the id that a client gives to a call.

    On a busy machine Terraform's client loses an answer now and then and sends the call again, under the same id. Done
    twice, it would fail: what it creates is there already.
    """

    def __init__(self) -> None:
        self._answers: OrderedDict[str, Response] = OrderedDict()

    def of(self, request: Request, respond: Callable[[], Response]) -> Response:
        call = request.headers.get("amz-sdk-invocation-id", "")
        if call in self._answers:
            return self._answers[call]
        response = respond()
        if call and response.succeeded:
            self._keep(call, response)
        return response

    def _keep(self, call: str, response: Response) -> None:
        self._answers[call] = response
        if len(self._answers) > MOST:
            self._answers.popitem(last=False)
