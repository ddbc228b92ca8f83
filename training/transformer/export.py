"""The fitted transformer as a file for onnxruntime: pieces of one text in, its vector out, weights in 8 bits."""

from __future__ import annotations

import tempfile
import warnings
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from transformers import BertModel

_OPSET = 17


class _Vector(torch.nn.Module):
    def __init__(self, model: BertModel) -> None:
        super().__init__()
        self.model = model

    def forward(self, pieces: torch.Tensor) -> torch.Tensor:
        """(1, pieces) -> (1, dimensions), length 1. One text at a time: nothing is padded, so nothing is masked."""
        mean = self.model(input_ids=pieces).last_hidden_state.mean(dim=1)
        return torch.nn.functional.normalize(mean, dim=-1)


def export(model: BertModel, path: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="radgivaren-transformer-") as folder, warnings.catch_warnings():
        # The exporter says that it is being replaced, and that a branch on a shape stays as it was traced.
        warnings.simplefilter("ignore")
        whole, prepared = Path(folder) / "whole.onnx", Path(folder) / "prepared.onnx"
        torch.onnx.export(
            _Vector(model).eval(),
            (torch.tensor([[0, 5, 6, 2]]),),
            whole,
            input_names=["pieces"],
            output_names=["vector"],
            dynamic_axes={"pieces": {1: "pieces"}},
            opset_version=_OPSET,
            dynamo=False,
        )
        quant_pre_process(whole, prepared, skip_symbolic_shape=True)
        quantize_dynamic(
            prepared, path, weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["MatMul", "Gather"]
        )
