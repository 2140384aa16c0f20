"""Files of data beside a volume: rights, accessibility, page map, proof."""
