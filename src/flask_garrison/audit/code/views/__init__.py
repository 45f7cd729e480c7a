"""What is missing: the views of a project, what guards them, and what they do."""
