"""Rules of the chapter *passwords*."""
