"""Names that people give themselves, or are given when they are invited."""

from chalicelib.errors import BadInput

LONGEST_NAME = 80


def display_name(text: str, field: str = "name") -> str:
    """One line without needless spaces, as others will see it. Raises BadInput (`invalid_name`)."""
    name = " ".join(text.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise BadInput("not a name that can be shown", code="invalid_name", field=field)
    return name
