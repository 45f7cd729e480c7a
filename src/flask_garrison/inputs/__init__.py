"""What an application declares about its inputs, and what it makes of them."""
