"""CommonMark with what editions need next to it: the only place that imports markdown-it."""
