export { LogBucket, type LoadBalancerType, type LogBucketProps } from "./log-bucket";
