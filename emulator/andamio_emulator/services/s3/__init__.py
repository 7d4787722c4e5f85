"""S3: configurations of buckets, and bucket policies with conditions."""
