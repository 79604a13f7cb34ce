"""Broadcasts: what operators write to many people goes out to each of them exactly once, by day, behind all else."""
