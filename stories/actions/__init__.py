"""Every change of a story, by whoever makes it: the teller, the support centre, the clock."""
