export { existingAliasTarget, type AliasTarget, type ExistingAliasTarget } from "./alias-target";
export type { AliasService } from "./alias-zones";
export { CidrCollection, type CidrCollectionProps, type CidrLocation } from "./cidr-collection";
export { DelegationSet } from "./delegation-set";
export { existingHostedZone, type ExistingHostedZoneProps } from "./existing-hosted-zone";
export {
  HealthCheck,
  type EndpointCheckOptions,
  type HealthCheckEndpoint,
  type HealthCheckOptions,
  type HealthCheckProps,
  type WebCheckOptions,
} from "./health-check";
export { HostedZone, type AssociateVpcOptions, type HostedZoneProps, type ResolvingVpc } from "./hosted-zone";
export { isWithin } from "./record-name";
export type { RecordSetOptions } from "./record-set";
export type {
  CaaValue,
  DsValue,
  MxValue,
  NaptrValue,
  RecordType,
  RecordValue,
  ServiceValue,
  SrvValue,
  SshfpValue,
  TlsaValue,
} from "./record-value";
export { RegisteredDomain, type RegisteredDomainProps } from "./registered-domain";
export type { AliasRoutingPolicy, Continent, Geolocation, Geoproximity, Routing, RoutingPolicy } from "./routing";
export {
  Zone,
  type AliasOptions,
  type Answer,
  type AnswerHealth,
  type BlueGreenOptions,
  type ChildZone,
  type DelegateOptions,
  type FailoverAnswer,
  type FailoverOptions,
  type RecordOptions,
  type TimeToLive,
  type WeightedAnswer,
} from "./zone";
export { ZoneQueryLog, type QueryLogOptions, type ZoneQueryLogProps } from "./zone-query-log";
export { ZoneSigning, type SigningKey, type ZoneSigningProps } from "./zone-signing";
