"""Rules of the chapter *security headers*."""
