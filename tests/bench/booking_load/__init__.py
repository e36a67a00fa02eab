"""What `tests/bench/bench_booking.py` measures, each part by itself."""
