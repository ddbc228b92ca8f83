"""The validator of the action server's replies, built once.

Rasa 3.6 calls jsonschema.validate() for every reply: it checks the schema itself again each time (80 % of an action's
time when measured), and tries each event against the schemas of all kinds of events. The reply is still validated in
full here, each event against the schema of its own kind.
"""

from typing import Any, Dict

from jsonschema import ValidationError, validators
from rasa.core.actions.action import RemoteAction


def build_reply_validator_once() -> None:
    """Replaces RemoteAction's validation; calling it again changes nothing more."""
    schema = RemoteAction.action_response_format_spec()
    validator_class = validators.validator_for(schema)
    validator_class.check_schema(schema)
    kinds = {
        kind["properties"]["event"]["const"]: validator_class(kind)
        for kind in schema["properties"]["events"]["items"]["oneOf"]
    }
    body = validator_class({**schema, "properties": {**schema["properties"], "events": {"type": "array"}}})

    def validate(_: RemoteAction, result: Dict[str, Any]) -> bool:
        body.validate(result)
        for event in result.get("events", []):
            kind = kinds.get(event.get("event")) if isinstance(event, dict) else None
            if kind is None:
                raise ValidationError(f"The action server sent an event of unknown kind: {event!r}")
            kind.validate(event)
        return True

    RemoteAction._validate_action_result = validate
