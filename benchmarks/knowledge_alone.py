"""Knowledge without the other processes, in a folder that is gone afterwards: nothing asked here is ever stored."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from knowledge import bootstrap
from knowledge.bootstrap import Knowledge
from knowledge.fakes import ForgetfulConversations
from knowledge.seams import Encoder
from knowledge.settings import read_settings


@contextmanager
def knowledge_alone(encoder: Encoder | None = None) -> Iterator[Knowledge]:
    """With the encoder of the settings, unless one is given."""
    with tempfile.TemporaryDirectory(prefix="radgivaren-benchmark-") as folder:
        # The address too: one in the environment is that of a database in use.
        settings = read_settings({"RADGIVAREN_DATA": folder, "DATABASE_URL": ""})
        knowledge = bootstrap.prepare_and_build(settings, recording=ForgetfulConversations(), encoder=encoder)
        try:
            yield knowledge
        finally:
            knowledge.engine.dispose()
