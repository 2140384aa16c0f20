"""Documents laid out as pages: sections, and the volume that they make."""
