"""From a file to observations: `reading` opens it, `rows` understands it, `comparing` says what it would change, and
`doubting` what of that can hardly be true.

Nothing here writes; `monitor.actions` does, after somebody has seen the preview.
"""
