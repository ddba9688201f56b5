"""What the words mean: people, the timeline, gives, rhythm and dates. Pure; asks neither clock nor file."""
