"""Words looked for in a text: exactly, as a quotation that is found again, or as the passage most like them."""
