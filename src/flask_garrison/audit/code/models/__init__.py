"""What libraries do with values, one file for each kind of library; adding one means adding a function there."""
