# knowledge: documents, index, encoder, store. Not reachable from outside, and it reaches nothing outside.
# The tag moves with Debian's and Python's fixes. To build the same image again later, name the digest:
#   docker build --build-arg PYTHON_IMAGE=python:3.11-slim-bookworm@sha256:… (docs/runbook.md, "Upgrade")
ARG PYTHON_IMAGE=python:3.11-slim-bookworm

FROM ${PYTHON_IMAGE} AS packages
WORKDIR /build
COPY requirements.lock pyproject.toml docker/install-packages.sh docker/knowledge.txt ./
RUN sh install-packages.sh /app/.venv requirements.lock knowledge.txt torch

FROM ${PYTHON_IMAGE}
# /data exists before the volume does, so that a new volume belongs to the user that writes it.
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /tmp --shell /usr/sbin/nologin radgivaren \
 && install -d -o 10001 -g 10001 -m 700 /data
WORKDIR /app
COPY --from=packages /app/.venv .venv
COPY docker/check_health.py docker/serve-knowledge.sh docker/
COPY knowledge/ knowledge/
# The file system is read-only at run time: what Python compiles, it compiles now.
RUN .venv/bin/python -m compileall -q docker knowledge
# One thread for FAISS and torch, as in scripts/run.sh: on many small questions a second one only waits.
ENV PATH=/app/.venv/bin:$PATH HOME=/tmp PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 RADGIVAREN_DATA=/data \
    OMP_NUM_THREADS=1 MKL_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 OMP_WAIT_POLICY=PASSIVE \
    TOKENIZERS_PARALLELISM=false HF_HUB_OFFLINE=1
USER 10001:10001
EXPOSE 8000
CMD ["sh", "docker/serve-knowledge.sh"]
