export { Topic, type SubscriptionOptions, type SubscriptionProtocol, type TopicProps } from "./topic";
