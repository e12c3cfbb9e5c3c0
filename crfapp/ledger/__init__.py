"""What happened: events, hash chains, hybrid time and the fold from events to state. Pure."""
