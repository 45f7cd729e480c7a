"""Rules of the chapter *database security*."""
