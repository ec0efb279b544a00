"""What several corrections need."""

from threading import Lock

from moto.core.utils import camelcase_to_underscores

LOCK = Lock()


def keep_fields(responses, actions, find, fields):
    """Some fields are taken and forgotten; kept on the object, they are answered like the others."""

    def keeping(act):
        def keep(self):
            answer = act(self)
            kept = find(self)
            for field in fields:
                value = self._get_param(field)
                if value is not None:
                    setattr(kept, camelcase_to_underscores(field), value)
            return answer

        return keep

    for action in actions:
        setattr(responses, action, keeping(getattr(responses, action)))
