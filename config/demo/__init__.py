"""The demo movement: people, stories and teams that do not exist, brought in by the real actions."""
