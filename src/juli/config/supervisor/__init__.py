"""Keeps the processes of one house alive and stops them in order (进程看护)."""
