"""Measurements: `python -m benchmarks` writes outputs/bench.json."""
