"""What an adviser does with leads, whichever way it comes in: the desk, lists and reports, exports."""
