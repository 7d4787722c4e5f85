export { AddressBook, AddressCollisionError } from "./addresses";
export { awsName, pathBelowStack, type AwsNameKind } from "./aws-name";
export { contextOf, partitionOf, provideContext, type Context, type Tier } from "./context";
export { InvalidConstructError, Problems, shown } from "./problems";
export { captureSourceLines, sourceLineOf, sourceLineOfError, type SourceLine } from "./source-lines";
