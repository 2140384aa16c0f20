"""The content of pages, read by one interpreter for devices that each take down what they need (ISO 32000-1, 7.8)."""
