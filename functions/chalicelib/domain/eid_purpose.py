"""What the person reads in the e-ID app: who asks, and what for, so that a deceived one can see it."""

LONGEST = 1_500


def eid_purpose(org_name: str) -> str:
    """Plain text for `userVisibleData` (BankID, RP API v6.0): the same before anyone is known, so nothing of the visit."""
    return f"{org_name}\n\nDu legitimerar dig för att komma in i ett videobesök."[:LONGEST]
