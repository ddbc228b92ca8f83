"""The model card that lies with the model: fixed text from model_card.md, with the figures of the last measurement."""

import json
from collections.abc import Mapping
from pathlib import Path

TEMPLATE = Path(__file__).with_name("model_card.md")
NOT_MEASURED = "Not measured since this model was made: run `python -m training.measure`."


def write_card(model: Path, figures: Mapping[str, str] | None) -> None:
    """Writes README.md into the model's folder; with figures also figures.json beside it."""
    table = NOT_MEASURED
    if figures is not None:
        table = "\n".join(
            ["| what | figure |", "|---|---|", *(f"| {what} | {figure} |" for what, figure in figures.items())]
        )
        (model / "figures.json").write_text(json.dumps(dict(figures), ensure_ascii=False, indent=1) + "\n", "utf-8")
    (model / "README.md").write_text(TEMPLATE.read_text(encoding="utf-8").replace("{figures}", table), "utf-8")
