"""A volume made ready for the printer: PDF/X-4 (ISO 15930-7)."""
