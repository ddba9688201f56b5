"""The parts of the benchmarks: each measures some lines of the table."""
