"""From a file to observations: `reading` opens it, `rows` understands it, `comparing` says what it would change.

Nothing here writes; `monitor.actions` does, after somebody has seen the preview.
"""
