"""The screens of the desk, one a module: what it shows, and what its forms do."""
