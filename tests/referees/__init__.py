"""Outside judges of what applications answer: nothing here was written to please Flask-Garrison."""
