"""The media server: one process, one UDP port, calls in memory only."""
