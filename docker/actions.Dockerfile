# actions: what Rasa calls, and the only process that hands Rasa's questions to knowledge.
# The tag moves with Debian's and Python's fixes. To build the same image again later, name the digest:
#   docker build --build-arg PYTHON_IMAGE=python:3.11-slim-bookworm@sha256:… (docs/runbook.md, "Upgrade")
ARG PYTHON_IMAGE=python:3.11-slim-bookworm

FROM ${PYTHON_IMAGE} AS packages
WORKDIR /build
COPY requirements.lock pyproject.toml docker/install-packages.sh docker/actions.txt ./
RUN sh install-packages.sh /app/.venv requirements.lock actions.txt

FROM ${PYTHON_IMAGE}
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /tmp --shell /usr/sbin/nologin radgivaren
WORKDIR /app
COPY --from=packages /app/.venv .venv
COPY docker/check_health.py docker/
# The hand-over form knows the municipalities by this table.
COPY bot/places.csv bot/
COPY actions/ actions/
# The file system is read-only at run time: what Python compiles, it compiles now.
RUN .venv/bin/python -m compileall -q docker actions
ENV PATH=/app/.venv/bin:$PATH HOME=/tmp PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
USER 10001:10001
EXPOSE 5055
CMD ["python", "-m", "actions"]
