"""Late interaction as it is fitted: the same scores as those that are measured."""

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer, models, pre_tokenizers

from training.late_interaction import late_scores, rarity
from training.measure import Task, late_interaction

WORDS = ["[UNK]", "brunn", "kvarn", "skepp", "torn", "vatten", "mjöl"]
TEXTS = ["brunn vatten", "kvarn mjöl", "skepp vatten", "torn"]
QUESTIONS = ["vatten", "mjöl torn", "skepp brunn vatten"]


def test_late_interaction_finds_each_piece_at_its_nearest() -> None:
    vectors = torch.eye(4)
    texts = [np.array([0, 1]), np.array([2])]
    asked_pieces = [torch.tensor([0]), torch.tensor([1, 2])]
    held = [torch.from_numpy(text) for text in texts]
    scores = late_scores(vectors, asked_pieces, held, torch.ones(4))
    assert scores.tolist() == [[1.0, 0.0], [0.5, 0.5]]
    rare = rarity([*texts, np.array([2])], 4)
    assert rare[0] > rare[2]


def test_what_is_fitted_is_what_is_measured() -> None:
    tokenizer = Tokenizer(models.WordLevel({word: at for at, word in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    vectors = torch.randn(len(WORDS), 128, generator=torch.Generator().manual_seed(1))
    model = SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=vectors)], device="cpu")
    questions, texts = ([torch.tensor(one.ids) for one in tokenizer.encode_batch(some)] for some in (QUESTIONS, TEXTS))
    rare = rarity([text.numpy() for text in texts], len(WORDS))
    measured = late_interaction(model, Task("t", QUESTIONS, TEXTS, [{0}] * len(QUESTIONS)))
    weights = vectors.norm(dim=1) * rare
    totals = np.array([float(weights[question].sum()) for question in questions])
    fitted = late_scores(vectors, questions, texts, rare).numpy()
    assert np.allclose(fitted, measured / totals[:, None], atol=1e-5)


def test_a_gradient_draws_the_nearest_pieces_together() -> None:
    vectors = torch.nn.Parameter(torch.rand(4, 64, generator=torch.Generator().manual_seed(1)))
    asked, held = [torch.tensor([0])], [torch.tensor([1]), torch.tensor([2])]

    def lead() -> torch.Tensor:
        scores = late_scores(vectors, asked, held, torch.ones(4))
        return scores[0, 0] - scores[0, 1]

    before = lead()
    (-before).backward()  # type: ignore[no-untyped-call]
    with torch.no_grad():
        vectors -= vectors.grad
    assert lead() > before
