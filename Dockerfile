# Pencil as a container: two stages, so that the image holds the program and nothing it was built with.
#
#   docker build -t pencil . && docker run --rm -p 3000:3000 -e PORT=3000 pencil
#
# With nothing set it serves the practice world on an SQLite file in /data; settings as in the README.
FROM python:3.11-slim AS build
WORKDIR /src
RUN pip install --no-cache-dir uv
COPY pyproject.toml README.md LICENSE ./
COPY bot ./bot
# The versions that the project is tested with; `uv.lock` is not kept, so they are locked anew from pyproject.toml.
RUN uv lock && uv export --quiet --no-dev --no-emit-project --no-hashes -o requirements.txt \
    && uv venv /opt/pencil \
    && VIRTUAL_ENV=/opt/pencil uv pip install --no-cache -r requirements.txt \
    && VIRTUAL_ENV=/opt/pencil uv pip install --no-cache --no-deps .

FROM python:3.11-slim
RUN useradd --system --uid 10001 --home-dir /data --create-home pencil
COPY --from=build /opt/pencil /opt/pencil
ENV PATH=/opt/pencil/bin:$PATH PORT=3000 LOG_FORMAT=json PYTHONUNBUFFERED=1
WORKDIR /data
USER pencil
VOLUME /data
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=3s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f\"http://127.0.0.1:{os.environ['PORT']}/health\", timeout=2)"]
CMD ["pencil", "serve"]
