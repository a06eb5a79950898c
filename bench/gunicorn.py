"""Both sites run under this one configuration, which shares code and looks for circles of objects as gunicorn.conf.py."""

import gc

accesslog = None
errorlog = "-"
loglevel = "error"
keepalive = 30
preload_app = True
gc.set_threshold(50_000, 20, 50)


def when_ready(_server: object) -> None:
    gc.collect()
    gc.freeze()
