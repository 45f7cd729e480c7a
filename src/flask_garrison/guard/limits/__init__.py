"""Counting: limits over sliding windows, in memory or in a storage that processes share, and how they are answered."""
