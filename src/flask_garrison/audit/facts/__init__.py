"""What the loaded application, its files and its server's settings say, for rules to judge; nothing here judges."""
