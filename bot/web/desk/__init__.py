"""The desk: what advisers do, in the browser. A screen a module in `screens`; who may see which is in `routes`."""
