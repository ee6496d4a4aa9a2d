# The bot in a container: docs/deployment.md says how to run it. Nothing in it runs as root, and nothing but /data is
# written to.
FROM python:3.13-slim-bookworm AS build

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /opt/buurtbode
RUN python -m venv .venv
COPY requirements.txt ./
RUN .venv/bin/python -m pip install --require-hashes --no-deps -r requirements.txt
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY handlers handlers
COPY storage storage
RUN .venv/bin/python -m pip install --no-deps --no-build-isolation --no-index .

FROM python:3.13-slim-bookworm

RUN groupadd --system --gid 10001 buurtbode && \
    useradd --system --uid 10001 --gid buurtbode --home-dir /data --create-home buurtbode
COPY --from=build /opt/buurtbode/.venv /opt/buurtbode/.venv
ENV PATH=/opt/buurtbode/.venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    BUURTBODE_DATABASE_URL=sqlite+aiosqlite:////data/buurtbode.db \
    BUURTBODE_LOG_FORMAT=json \
    BUURTBODE_WEB_HOST=0.0.0.0 \
    BUURTBODE_WEB_MONITOR=True
USER 10001
WORKDIR /data
VOLUME /data
EXPOSE 8090
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import urllib.request as ask; ask.urlopen('http://127.0.0.1:8090/readyz', timeout=4)"]
ENTRYPOINT ["buurtbode"]
CMD ["run"]
