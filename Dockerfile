# The house in one image: web, worker, beat and migrations are the same image with another command.
FROM python:3.11-slim-bookworm AS build
WORKDIR /house
COPY requirements requirements
RUN python -m venv .venv \
    && .venv/bin/pip install --no-cache-dir --require-hashes -r requirements/tools.lock \
    && .venv/bin/uv pip install --python .venv/bin/python --no-cache --compile-bytecode --require-hashes -r requirements/base.lock
COPY . .
# Messages and static files are made here, so that nothing is written while the house runs. The values serve
# this step alone and are in no setting of the image.
RUN .venv/bin/python -m config.messages \
    && SECRET_KEY=build CODE_PEPPER=build DATABASE_URL=postgresql:///none REDIS_URL=redis://none STATIC_ROOT=/house/static \
       .venv/bin/python manage.py collectstatic --no-input --verbosity 0 \
    && .venv/bin/python -m compileall -q config portal letters monitor actionteams stories movement core

FROM python:3.11-slim-bookworm
RUN groupadd --system --gid 10001 house && useradd --system --uid 10001 --gid house --home-dir /nonexistent --no-create-home house
WORKDIR /house
COPY --from=build --chown=root:root /house /house
ENV PATH=/house/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    STATIC_ROOT=/house/static \
    BIND=0.0.0.0:8000
USER 10001:10001
EXPOSE 8000
CMD ["python", "-m", "gunicorn", "-c", "gunicorn.conf.py", "config.wsgi"]
