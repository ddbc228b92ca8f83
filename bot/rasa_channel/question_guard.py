"""The last word of the pipeline: a message is small talk only when that is certain.

A classifier must choose some intent for every message, and an unseen question may look like a greeting or a
complaint. Answering it with small talk would swallow it, so anything uncertain becomes a question, which knowledge
answers or refuses. Certain means: each part of the message is put together from pairs of neighbouring words, first
and last word included, that occur in the examples of its intent. "Vad kan du" is known; "vad kan du göra om han slår"
is not.
"""

# ruff: noqa: ARG003 - Rasa passes these arguments by name.

import re
from typing import Any, Dict, List, Optional, Set

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.io import dump_obj_as_json_to_file, read_json_file

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
STRETCHED = re.compile(r"(\w)\1{2,}")
PART_ENDS = re.compile(r"[.,;:!?\n]+")


def words_of(text: str) -> List[str]:
    """The words in lower case, with "heeej" read as "hej"."""
    return [STRETCHED.sub(r"\1", word).replace("’", "'") for word in WORD.findall(text.casefold())]


def parts_of(text: str) -> List[Set[str]]:
    """The pairs of neighbouring words in each part of the text between punctuation marks."""
    parts = [words_of(part) for part in PART_ENDS.split(text)]
    return [set(map(" ".join, zip(["<", *part], [*part, ">"]))) for part in parts if part]  # noqa: B905 - same length


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class QuestionGuard(GraphComponent, IntentClassifier):
    """Turns a guarded intent into `default_intent` unless each part of the message is known from its examples."""

    PAIRS_FILE = "pairs.json"

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        return {
            "default_intent": "question",
            "guarded_intents": [],
            "courtesy_intents": [],  # may stand beside another guarded intent: "hej, vad kan du?"
            "question_mark_intents": [],
            "min_confidence": 0.4,
        }

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "QuestionGuard":
        return cls(config, model_storage, resource, {})

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "QuestionGuard":
        with model_storage.read_from(resource) as directory:
            pairs = read_json_file(directory / cls.PAIRS_FILE)
        return cls(config, model_storage, resource, {intent: set(known) for intent, known in pairs.items()})

    def __init__(
        self, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource, pairs: Dict[str, Set[str]]
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._pairs = pairs

    def train(self, training_data: TrainingData) -> Resource:
        for example in training_data.intent_examples:
            if example.get(INTENT) in self._config["guarded_intents"]:
                self._pairs.setdefault(example.get(INTENT), set()).update(*parts_of(example.get(TEXT)))
        with self._model_storage.write_to(self._resource) as directory:
            pairs = {intent: sorted(known) for intent, known in sorted(self._pairs.items())}
            dump_obj_as_json_to_file(directory / self.PAIRS_FILE, pairs)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            intent = message.get(INTENT) or {}
            if not self._is_certain(message.get(TEXT) or "", intent.get("name"), intent.get("confidence") or 0.0):
                message.set(INTENT, {"name": self._config["default_intent"], "confidence": 1.0}, add_to_output=True)
        return messages

    def _is_certain(self, text: str, intent: Optional[str], confidence: float) -> bool:
        if intent is None:
            return False  # nothing was recognised at all: emoji, punctuation
        if intent not in self._config["guarded_intents"]:
            return True
        parts = parts_of(text)
        if not parts or confidence < self._config["min_confidence"]:
            return False
        if "?" in text and intent not in self._config["question_mark_intents"]:
            return False
        sources = [intent, *self._config["courtesy_intents"]]
        return all(any(part <= self._pairs.get(source, set()) for source in sources) for part in parts)
