"""Rules of the chapter *audits and penetration tests*."""
