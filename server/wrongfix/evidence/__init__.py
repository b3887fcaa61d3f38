"""Evidence: what a record says fails and what it chooses, stated as tags or read from prose, with places."""
