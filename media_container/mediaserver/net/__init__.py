"""The network edge: the UDP port, STUN, ICE-lite, DTLS and SRTP."""
