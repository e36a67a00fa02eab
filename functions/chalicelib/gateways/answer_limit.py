"""How often one login may be answered: each answer makes us ask the identity provider."""

from collections import OrderedDict
from threading import Lock
from typing import Final

from chalicelib.errors import TooManyAttempts

ANSWERS_PER_LOGIN: Final = 5
_MOST_LOGINS: Final = 1000


class AnswerLimit:
    """Counts in this process' memory, of the latest 1,000 logins: the database has no row of a login under way.

    A login that is answered by several processes gets as many more; the provider itself takes each code once.
    """

    def __init__(self) -> None:
        self._answers: OrderedDict[str, int] = OrderedDict()
        self._lock = Lock()

    def hit(self, login: str) -> None:
        """Raises TooManyAttempts past ANSWERS_PER_LOGIN."""
        with self._lock:
            count = self._answers.pop(login, 0) + 1
            self._answers[login] = count
            if len(self._answers) > _MOST_LOGINS:
                self._answers.popitem(last=False)
        if count > ANSWERS_PER_LOGIN:
            raise TooManyAttempts("the login has been answered too often")
