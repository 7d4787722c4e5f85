"""RDS: instances and replicas, clusters, snapshots, parameter groups and proxies."""
