export { createDatabaseSecret, secretEngine, type DatabaseSecretProps, type SecretEngine } from "./database-secret";
export { Ephemeral, type EphemeralType } from "./ephemeral";
export type { CharacterKind, GeneratedOptions } from "./generated-password";
export { Secret, type SecretProps } from "./secret";
export type { RotationOptions } from "./secret-rotation";
export { SecretValue } from "./secret-value";
