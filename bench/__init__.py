"""Benchmarks: ratios in one run against named peers or a physical floor, and gates with pinned floors."""
