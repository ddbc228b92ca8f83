"""Starts the `rasa` command line (Python 3.10) without noise that is not ours: `python -m bot.run_rasa train ...`.

Rasa 3.6 and the libraries of its time warn about each other at every start, and Rasa puts its own warning filter in
front of PYTHONWARNINGS, so the filter has to sit where warnings are shown. What our own files cause is still shown.
"""

import os
import sys
import warnings
from typing import Any

QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "OMP_NUM_THREADS": "1",
}
# Rasa wants a trained extractor wherever entities or lookup tables occur. Ours are found by lookup alone: a trained
# extractor would guess, and a guessed municipality bends the answer.
LOOKUP_IS_ENOUGH = "You have defined training data consisting of"


def is_noise(message: str, category: type, filename: str) -> bool:
    foreign = "site-packages" in filename and issubclass(category, (DeprecationWarning, PendingDeprecationWarning))
    return foreign or message.startswith(LOOKUP_IS_ENOUGH)


def main() -> None:
    for name, value in QUIET.items():
        os.environ.setdefault(name, value)
    show = warnings.showwarning

    def show_unless_noise(message: Any, category: Any, filename: str, *rest: Any, **named: Any) -> None:
        if not is_noise(str(message), category, filename):
            show(message, category, filename, *rest, **named)

    warnings.showwarning = show_unless_noise
    from rasa.__main__ import main as rasa_main  # after the environment is set: importing it loads TensorFlow

    sys.argv[0] = "rasa"
    rasa_main()


if __name__ == "__main__":
    main()
