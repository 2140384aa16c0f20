"""Child processes: calls with limits on time, memory and output."""
