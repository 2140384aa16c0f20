"""The keys of `edition.yaml` and `reader.yaml`, and the values that they make."""
