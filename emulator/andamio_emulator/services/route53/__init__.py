"""Route 53: private zones, query logs, health checks and DNSSEC."""
