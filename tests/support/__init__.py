"""What many tests share: parts of the machine, servers, processes, the browser."""
