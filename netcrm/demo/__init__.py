"""The made-up network that the demo, the snapshots and the pictures are drawn from."""
