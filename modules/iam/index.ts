export { grant } from "./grant";
export { Role, type Grantee, type PolicyStatement, type RoleProps } from "./role";
