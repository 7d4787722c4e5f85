export { AddressBook, AddressCollisionError } from "./addresses";
export { awsName, pathBelowStack, stableHash, type AwsNameKind } from "./aws-name";
export { contextOf, partitionOf, provideContext, type Context, type OwnContext, type Tier } from "./context";
export { InvalidConstructError, Problems, shown } from "./problems";
export { isLater, laterOf, sameStack } from "./stack-order";
export { captureStack, firstUserFrame, type CapturedStack, type SourceLine } from "./captured-stack";
export {
  captureSourceLines,
  sourceLineOf,
  sourceLineOfError,
  withoutSourceLines,
  writtenLinesOf,
} from "./source-lines";
