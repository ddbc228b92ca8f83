# rasa: the dialogue, in an environment of its own (docs/adr/0001). Rasa 3.6 gets no more security fixes: this container has
# no way out, no way to knowledge, and a model that is made here and can't be replaced while it runs (a model file is code).
# The tag moves with Debian's and Python's fixes. To build the same image again later, name the digest:
#   docker build --build-arg PYTHON_IMAGE=python:3.10-slim-bookworm@sha256:… (docs/runbook.md, "Upgrade")
ARG PYTHON_IMAGE=python:3.10-slim-bookworm

FROM ${PYTHON_IMAGE} AS packages
WORKDIR /build
COPY requirements.lock docker/install-packages.sh ./
COPY bot/requirements.lock bot/
RUN sh install-packages.sh /app/.venv-rasa bot/requirements.lock

FROM packages AS model
WORKDIR /app
COPY config.yml domain.yml ./
COPY scripts/train-rasa.sh scripts/
COPY bot/__init__.py bot/run_rasa.py bot/requirements.lock bot/
COPY bot/rasa_channel/ bot/rasa_channel/
COPY bot/data/ bot/data/
RUN bash scripts/train-rasa.sh

FROM ${PYTHON_IMAGE}
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /tmp --shell /usr/sbin/nologin radgivaren
WORKDIR /app
COPY --from=packages /app/.venv-rasa .venv-rasa
COPY docker/check_health.py docker/serve-rasa.sh docker/
COPY scripts/serve-rasa.sh scripts/
COPY bot/__init__.py bot/run_rasa.py bot/endpoints.yml bot/credentials.yml bot/
COPY bot/rasa_channel/ bot/rasa_channel/
# The file system is read-only at run time: what Python compiles, it compiles now.
RUN .venv-rasa/bin/python -m compileall -q docker bot
COPY --from=model /app/bot/models/rasa.tar.gz bot/models/
ENV PATH=/app/.venv-rasa/bin:$PATH HOME=/tmp MPLCONFIGDIR=/tmp PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 OMP_NUM_THREADS=1
USER 10001:10001
EXPOSE 5005
CMD ["sh", "docker/serve-rasa.sh"]
