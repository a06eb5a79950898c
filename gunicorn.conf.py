"""The web processes. No access log: who read what and from where is not ours to keep."""

import gc
import os

# A page makes thousands of objects and leaves few circles: they are looked for each fifty thousand, not each seven
# hundred, and never among the code, which the processes share.
gc.set_threshold(50_000, 20, 50)
bind = os.environ.get("BIND") or "127.0.0.1:8000"
worker_class = "gthread"
workers = int(os.environ.get("WEB_PROCESSES") or 2)
threads = int(os.environ.get("WEB_THREADS") or 4)
preload_app = True  # the processes share the memory of the code
max_requests = 20_000
max_requests_jitter = 2_000
timeout = 60
graceful_timeout = 8
keepalive = 5
accesslog = None
control_socket_disable = True
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108 - heartbeat files, not data
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS") or "127.0.0.1,::1"
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "core.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "gunicorn.error": {"level": "INFO", "handlers": [], "propagate": True},
        "gunicorn.access": {"level": "CRITICAL", "handlers": [], "propagate": False},
    },
}


def when_ready(_server: object) -> None:
    """Before the processes split off: what is there now stays."""
    gc.collect()
    gc.freeze()
