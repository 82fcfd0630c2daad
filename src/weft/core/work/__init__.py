"""Work as it truly ran: pieces of work, who held them, how long each waited."""
