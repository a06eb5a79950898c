def main() -> int:
    """Run the whole site."""
    raise NotImplementedError
