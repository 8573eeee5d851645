"""One ASGI app for everything that is asked over HTTP: what channels take in, health, figures."""
