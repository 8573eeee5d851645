"""What each kind of event leads to, one module each: text, a button, an edit, a reply to what waits for a yes."""
