"""Both sites run under this one configuration."""

accesslog = None
errorlog = "-"
loglevel = "error"
keepalive = 30
