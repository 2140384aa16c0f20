"""Whether finished files are what this program makes: built again, compared byte for byte, then part by part."""
