"""Pages and interfaces of the garden."""
