"""What `tools/benchmark.py` measures, one file per side of the program."""
