"""What a host needs to serve a published site: written from the very files it will serve."""
