"""What officers record at a crossing point: its facts, its checks, its journal. No network."""
