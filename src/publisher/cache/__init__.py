"""The cache of the user: where it lies, and whether its folder can be trusted."""
