"""Common Cartridges of course readers, for Moodle, Canvas and other course systems."""
