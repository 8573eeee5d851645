"""What we keep of somebody, in words and as a file; erasing it; how long it stays; the papers for a privacy officer."""
