/** What a password that AWS draws looks like. */
export interface GeneratedOptions {
  /**
   * Characters, 8 to 4,096. Databases take fewer: Oracle 30, MySQL and MariaDB 41, PostgreSQL and SQL Server 128.
   * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html (MasterUserPassword)
   * @default 30
   */
  readonly length?: number;
  /**
   * Characters that it must not have.
   * @default all punctuation but `-`, `.` and `_`: what is left needs no escaping in a URL, a shell, JSON or a connection string
   */
  readonly excludeCharacters?: string;
  /**
   * Characters of these kinds: lower-case and upper-case letters, digits and punctuation.
   * @default all four
   */
  readonly characters?: readonly CharacterKind[];
  /**
   * At least one of each kind.
   * @default true
   */
  readonly requireEachKind?: boolean;
}

/** A kind of characters. */
export type CharacterKind = "lowercase" | "uppercase" | "numbers" | "punctuation";

const KINDS: readonly CharacterKind[] = ["lowercase", "uppercase", "numbers", "punctuation"];
const LENGTH = 30;
const ESCAPED_SOMEWHERE = "!\"#$%&'()*+,/:;<=>?@[\\]^`{|}~";

/**
 * What is wrong with the options. Secrets Manager itself would draw a single character.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetRandomPassword.html
 */
export function passwordProblems({ length = LENGTH, characters = KINDS }: GeneratedOptions): string[] {
  return [
    ...(Number.isInteger(length) && length >= 8 && length <= 4096
      ? []
      : [`length must be a whole number from 8 to 4096, got ${length}`]),
    ...(characters.length > 0 ? [] : ["characters must name a kind, got none: name some, or leave it out"]),
  ];
}

/** As the ephemeral resource takes them. */
export function passwordArguments(options: GeneratedOptions): {
  password_length: number;
  exclude_characters: string;
  exclude_lowercase: boolean;
  exclude_numbers: boolean;
  exclude_punctuation: boolean;
  exclude_uppercase: boolean;
  require_each_included_type: boolean;
} {
  const {
    length = LENGTH,
    excludeCharacters = ESCAPED_SOMEWHERE,
    characters = KINDS,
    requireEachKind = true,
  } = options;
  const without = (kind: CharacterKind): boolean => !characters.includes(kind);
  return {
    password_length: length,
    exclude_characters: escaped(excludeCharacters),
    exclude_lowercase: without("lowercase"),
    exclude_numbers: without("numbers"),
    exclude_punctuation: without("punctuation"),
    exclude_uppercase: without("uppercase"),
    require_each_included_type: requireEachKind,
  };
}

/** A dollar or per cent sign before a brace would begin an expression of Terraform's. */
function escaped(text: string): string {
  return text.replace(/([$%])\{/g, "$1$1{");
}
