# gateway: the only process with a port to the outside. It holds no documents and no model.
# The tag moves with Debian's and Python's fixes. To build the same image again later, name the digest:
#   docker build --build-arg PYTHON_IMAGE=python:3.11-slim-bookworm@sha256:… (docs/runbook.md, "Upgrade")
ARG PYTHON_IMAGE=python:3.11-slim-bookworm

FROM ${PYTHON_IMAGE} AS packages
WORKDIR /build
COPY requirements.lock pyproject.toml docker/install-packages.sh docker/gateway.txt ./
RUN sh install-packages.sh /app/.venv requirements.lock gateway.txt

FROM ${PYTHON_IMAGE}
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /tmp --shell /usr/sbin/nologin radgivaren \
 && install -d -o 10001 -g 10001 -m 700 /data
WORKDIR /app
COPY --from=packages /app/.venv .venv
COPY docker/check_health.py docker/
COPY bot/__init__.py bot/
COPY bot/gateway/ bot/gateway/
# The file system is read-only at run time: what Python compiles, it compiles now.
RUN .venv/bin/python -m compileall -q docker bot
ENV PATH=/app/.venv/bin:$PATH HOME=/tmp PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
USER 10001:10001
EXPOSE 8080
CMD ["python", "-m", "bot.gateway"]
