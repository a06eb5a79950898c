"""Management commands of the stories package."""
