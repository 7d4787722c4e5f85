export { HostedZone, type HostedZoneProps } from "./hosted-zone";
