"""python -m actions: the action server."""

from __future__ import annotations

import logging
import warnings

from actions.bootstrap import build_app
from actions.errors import ConfigurationError
from actions.settings import read_settings


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)  # else a line for every call
    # Rasa 3.6.21 and rasa-sdk 3.21.1 are known to work together (docs/adr/0001); the SDK warns at every call.
    warnings.filterwarnings("ignore", message="Your versions of rasa and", category=UserWarning)
    try:
        settings = read_settings()
    except ConfigurationError as error:
        raise SystemExit(f"Fel: {error}") from error
    app = build_app(settings)
    app.run(host=settings.host, port=settings.port, single_process=True, access_log=False, motd=False)


if __name__ == "__main__":
    main()
