"""`python -m benchmarks.consistency`: the same question, the same answer.

Groups of paraphrases are asked for several municipalities and in several channels: `paraphrases` (the groups that the
goal is about, looked at again and again), `paraphrases_tuned` (weights were chosen on them) and `paraphrases_unseen`
(nobody who works on the answers has read which of them differ; keep it so).

- **Core answer**: status, the cited passages in the order of their first mention, and the text without citation
  marks. Contacts, notices, follow-ups and the validity line are no part of it: they may depend on place and day.
- **Identical core answer of two paraphrases**: the same status and the same leading passage (none, where nothing is
  cited). Another wording may draw in another second passage; it must not lead to another answer.
- **As most of their group**: the share of the paraphrases that get the core answer that most of their group get. Pairs
  are the stricter measure: of five paraphrases, one that is led elsewhere spoils four pairs of ten.
- **Identical for every place and channel**: the whole core answer is the same, to the letter. Only a question that
  asks whom to call may differ, since the answer is then a local one.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

from knowledge import evaluation
from knowledge.answering.answer import Answering
from knowledge.answering.wishes import asks_for_contact
from knowledge.datatypes import Answer, Question

from .intervals import figure, shown
from .knowledge_alone import knowledge_alone
from .result_files import described, hand_over, put_between, say, where
from .running_service import ROOT
from .tables import Rows, in_markdown

NAME = "consistency"
README = Path(__file__).parent / "README.md"
SETS = ("paraphrases", "paraphrases_tuned", "paraphrases_unseen")
NEVER_SHOWN = "paraphrases_unseen"  # which of its groups differ
QUESTIONS = Path(__file__).parent / "questions"
MUNICIPALITIES = (None, "Malmö", "Kiruna", "Sundsvall")
CHANNELS = ("web", "slack", "teams")
_MARK = re.compile(r"\s?\[\d+\]")


class Core(NamedTuple):
    status: str
    passages: tuple[str, ...]
    text: str

    @property
    def leading(self) -> tuple[str, str]:
        """What two paraphrases must share."""
        return self.status, self.passages[0] if self.passages else ""


class Asked(NamedTuple):
    group: str
    question: str
    topics: list[str]
    core: Core  # for no municipality, in the first channel
    topics_cited: list[str]
    differing: list[str]  # "Malmö, slack": where the core answer is another one


def core_of(answer: Answer) -> Core:
    passages = tuple(dict.fromkeys(citation.passage.id for citation in answer.citations))
    return Core(answer.status.value, passages, _MARK.sub("", answer.text))


def ask(answering: Answering, row: dict[str, Any]) -> Asked:
    settings = [(municipality, channel) for municipality in MUNICIPALITIES for channel in CHANNELS]
    answers = [
        answering.answer(Question(row["question"], municipality=municipality, channel=channel))
        for municipality, channel in settings
    ]
    first = core_of(answers[0])
    differing = [
        f"{municipality or 'no municipality'}, {channel}"
        for (municipality, channel), answer in zip(settings, answers, strict=True)
        if core_of(answer) != first
    ]
    cited = [topic for citation in answers[0].citations[:1] for topic in citation.passage.topics]
    return Asked(row["group"], row["question"], row["topics"], first, cited, differing)


def figures_of(asked: Sequence[Asked], rounds: int) -> dict[str, Any]:
    groups: dict[str, list[Asked]] = defaultdict(list)
    for one in asked:
        groups[one.group].append(one)
    pairs = [(name, one, other) for name, some in groups.items() for one, other in combinations(some, 2)]
    alike = {name: len({one.core.leading for one in some}) == 1 for name, some in groups.items()}
    most = {name: Counter(one.core.leading for one in some).most_common(1)[0][0] for name, some in groups.items()}
    bound = [one for one in asked if not asks_for_contact(one.question)]
    same_everywhere = [float(not one.differing) for one in bound]
    same_core = [float(one.core.leading == other.core.leading) for _, one, other in pairs]
    as_most = [float(one.core.leading == most[one.group]) for one in asked]
    right = [float(bool(set(one.topics_cited) & set(one.topics))) for one in asked]
    return {
        "questions": len(asked),
        "groups": len(groups),
        "same_everywhere": figure(same_everywhere, [one.group for one in bound], rounds),
        "same_core_of_pairs": figure(same_core, [name for name, _, _ in pairs], rounds),
        "same_core_as_most": figure(as_most, [one.group for one in asked], rounds),
        "same_core_of_groups": figure([float(same) for same in alike.values()], rounds=rounds),
        "led_by_a_right_topic": figure(right, [one.group for one in asked], rounds),
        "differ_by_place_or_channel": [
            {"question": one.question, "asks_for_contact": asks_for_contact(one.question), "where": one.differing}
            for one in asked
            if one.differing
        ],
        "differ_by_wording": {
            name: [{"question": one.question, "core": list(one.core.leading)} for one in groups[name]]
            for name, same in alike.items()
            if not same
        },
    }


def table(result: dict[str, Any]) -> Rows:
    sets = result["sets"]
    asked = sum(figures["questions"] for figures in sets.values())
    title = f"{asked} questions, {len(MUNICIPALITIES)} places, {len(CHANNELS)} channels"
    names = (
        ("identical for every place and channel", "same_everywhere"),
        ("pairs of paraphrases with an identical core answer", "same_core_of_pairs"),
        ("paraphrases with the core answer of most of their group", "same_core_as_most"),
        ("groups of paraphrases that are identical throughout", "same_core_of_groups"),
        ("led by a passage on a right topic", "led_by_a_right_topic"),
    )
    headings = [f"{name.replace('_', ', ')}, {figures['groups']} groups" for name, figures in sets.items()]
    return Rows(
        title, ["", *headings], [[name, *(shown(figures[key]) for figures in sets.values())] for name, key in names]
    )


def in_readme(result: dict[str, Any]) -> str:
    differing = ", ".join(name for figures in result["sets"].values() for name in figures["differ_by_wording"])
    return f"{where(result)}\n\n{in_markdown(table(result))}\n\nGroups that are not identical: {differing or 'none'}."


def _say_differences(figures: dict[str, Any]) -> None:
    for name, some in figures["differ_by_wording"].items():
        say(f"{name}:")
        for one in some:
            say(f"   {' · '.join(part or 'nothing cited' for part in one['core'])}: {one['question']}")
    for one in figures["differ_by_place_or_channel"]:
        say(f"{'(asks for a contact) ' * one['asks_for_contact']}{one['question']}: other in {'; '.join(one['where'])}")


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.consistency", description=__doc__.splitlines()[0])
    parser.add_argument("--paraphrases", type=Path, nargs="+", help="other files: lines of group, question, topics")
    parser.add_argument("--bootstrap", type=int, default=1000, metavar="ROUNDS", help="draws for each interval")
    parser.add_argument("--json", metavar="FILE|-", help="the result here, and results/ and the README left alone")
    options = parser.parse_args(arguments)
    result = described("benchmarks.consistency", arguments) | {"sets": {}}
    with knowledge_alone() as knowledge:
        for file in options.paraphrases or [QUESTIONS / f"{name}.jsonl" for name in SETS]:
            asked = [ask(knowledge.answering, row) for row in evaluation.read_questions(file)]
            result["sets"][file.stem] = figures = figures_of(asked, options.bootstrap)
            if file.stem == NEVER_SHOWN:
                figures["differ_by_wording"], figures["differ_by_place_or_channel"] = {}, []
            _say_differences(figures)
    written = hand_over(result, options.json, NAME, [table(result)])
    if written:
        put_between(README, NAME, in_readme(result))
        say(f"written: {written.relative_to(ROOT)}, and the table in benchmarks/README.md")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
