"""What stands behind the compiled hot path (`media_container/native`): the same interfaces, kept in C memory."""
