"""Files of data next to a volume: rights, accessibility, page map, proof."""
