"""What the person reads in the e-ID app: who asks, and what for, so that a deceived one can see it."""

LONGEST = 1_500


def eid_purpose(org_name: str) -> str:
    """Plain text for `userVisibleData` (BankID, RP API v6.0): the same before anyone is known, so nothing of the visit. It is
    a meeting to everyone: of a visit, which would be somebody's, a relative reads nothing (B7)."""
    return f"{org_name}\n\nDu legitimerar dig för att komma in i ett videomöte."[:LONGEST]
