"""What a reader of files gives, measured against true texts: lost, invented and misplaced words."""
