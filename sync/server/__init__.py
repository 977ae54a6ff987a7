"""The central server: takes journals in, gives reference data out, and never refuses a record."""
