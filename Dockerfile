# rss-monitor as a container: the locked wheels, run by a user that owns nothing but its data.
#
#   docker build -t rss-monitor .
#   docker run --rm --init rss-monitor demo
#
# Mount the directory that holds config.yaml on /config: the directory, for an editor replaces the file, and a mount of
# the file alone would go on showing the old one. The data lies beside it, as everywhere, on a volume of its own.

FROM python:3.13-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /src
# What changes seldom comes first: a change of our own code builds from the project on.
COPY requirements.txt requirements-build.txt ./
RUN python -m venv --without-pip /opt/rss-monitor \
    && pip --python /opt/rss-monitor install --require-hashes --only-binary :all: -r requirements.txt \
    && pip install --require-hashes --only-binary :all: -r requirements-build.txt
COPY pyproject.toml README.md LICENSE ./
COPY monitor monitor
RUN pip wheel --no-deps --no-build-isolation --wheel-dir dist . \
    && pip --python /opt/rss-monitor install --no-deps --no-index dist/*.whl

FROM python:3.13-slim
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin rss-monitor \
    && install -d -o rss-monitor -g rss-monitor -m 0750 /config/data
COPY --from=build /opt/rss-monitor /opt/rss-monitor
ENV PATH=/opt/rss-monitor/bin:$PATH PYTHONUNBUFFERED=1 RSS_MONITOR_CONFIG=/config/config.yaml
WORKDIR /config
VOLUME ["/config/data"]
USER 10001
STOPSIGNAL SIGTERM
ENTRYPOINT ["rss-monitor"]
CMD ["run"]
