"""Rules on authentication and authorization."""
