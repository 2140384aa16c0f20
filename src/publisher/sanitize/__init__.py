"""Style sheets, drawings and documents that others wrote, checked against lists of what is allowed and written again.

What is not on a list is a fault with its place; what is shipped is only what was written from the parsed form.
"""
