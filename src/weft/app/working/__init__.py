"""Work as it truly ran: logs brought in, handoffs, fits, one request followed."""
