"""Going on in a flow: an answer is accepted, new steps are done, time passes, a flow changes, a lead comes of it."""
