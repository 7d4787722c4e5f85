import { credentialsOf, DATABASES, engineOf, factsOf, familyOf, isNew } from "./engines";
import { known } from "../values/certain";
import { ENGINES } from "../data/rds-engines";
import type { Resource } from "../resource";
import { each, fault, rule, type Fault } from "../rule";

const API = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference";
const CREATE = `${API}/API_CreateDBInstance.html`;
const CREATE_CLUSTER = `${API}/API_CreateDBCluster.html`;

/** What the API documents for every engine, though it takes longer names of most. */
const DOCUMENTED = 16;
const LONGEST_USERNAME = Math.max(...Object.values(ENGINES).map(({ username }) => username));
const USERNAME = /^[A-Za-z][A-Za-z0-9_]*$/;
const DATABASE_NAME = /^[A-Za-z][A-Za-z0-9_]*$/;
/** Aurora PostgreSQL takes an underscore as the first. */
const AURORA_DATABASE_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

export const rdsCredentialRules = [
  rule({
    id: "rds-username",
    types: DATABASES,
    title:
      "The name of a master user begins with a letter, has letters, digits and underscores only, and is not too long for its engine",
    why: "AWS refuses it at apply.",
    fix: "Use letters, digits and underscores: at most 16 of MariaDB and Db2, 30 of Oracle, 32 of MySQL, 63 of PostgreSQL.",
    source: CREATE,
    severity: "error",
    check: (database, estate) => {
      const { body, username: argument } = credentialsOf(database);
      const username = body.string(argument);
      if (username === undefined || username === "") return undefined;
      if (!USERNAME.test(username))
        return fault(body, argument, "it has letters, digits and underscores only, and begins with a letter");
      if (username.length <= DOCUMENTED) return undefined;
      if (username.length > LONGEST_USERNAME)
        return fault(body, argument, `it has at most ${LONGEST_USERNAME} characters`);
      const longest = factsOf(database, estate)?.username;
      if (longest === undefined || username.length <= longest) return undefined;
      return fault(body, argument, `a master user of ${engineOf(database, estate)} has at most ${longest} characters`);
    },
  }),

  rule({
    id: "rds-username-documented-length",
    types: DATABASES,
    title: `The name of a master user has at most ${DOCUMENTED} characters: AWS documents no more`,
    why: "It takes longer names, as long as the engine has room for them; in March 2023 it refused them for a while, as the document has it.",
    fix: `Shorten it to ${DOCUMENTED} characters; acknowledge it where AWS has taken it.`,
    source: CREATE_CLUSTER,
    severity: "warning",
    check: (database, estate) => {
      const { body, username: argument } = credentialsOf(database);
      const username = body.string(argument);
      if (username === undefined || username.length <= DOCUMENTED || username.length > LONGEST_USERNAME)
        return undefined;
      // What is too long for its engine is another rule's.
      const longest = factsOf(database, estate)?.username;
      if (longest === undefined || username.length > longest || !USERNAME.test(username)) return undefined;
      return fault(body, argument, `AWS documents at most ${DOCUMENTED} characters`);
    },
  }),

  rule({
    id: "rds-username-reserved",
    types: DATABASES,
    title: "The name of a master user is not one that its engine keeps for itself",
    why: 'AWS refuses it at apply: "rdsadmin" of every engine, "admin" of PostgreSQL, for example.',
    fix: 'Take another: "app" or "dbadmin".',
    source: CREATE,
    severity: "error",
    check: (database, estate) => {
      const { body, username: argument } = credentialsOf(database);
      const username = body.string(argument)?.toLowerCase();
      if (username === undefined || username === "") return undefined;
      if (username === "rdsadmin") return fault(body, argument, "AWS keeps this name for itself");
      const engine = known(() => engineOf(database, estate));
      const isReserved = (family: keyof typeof ENGINES): boolean =>
        ENGINES[family].reserved.includes(username) || (family.includes("postgres") && username.startsWith("pg_"));
      if (engine === undefined) {
        // Free of every engine, whichever it is.
        if (!(Object.keys(ENGINES) as (keyof typeof ENGINES)[]).some(isReserved)) return undefined;
        engineOf(database, estate);
      }
      const family = familyOf(engine ?? "");
      return family !== undefined && isReserved(family)
        ? fault(body, argument, `${engine} keeps this name for itself`)
        : undefined;
    },
  }),

  rule({
    id: "rds-password-length",
    types: DATABASES,
    title: "The password of a master user has 8 characters or more, and no more than its engine takes",
    why: "AWS refuses it at apply.",
    fix: "Let RDS make one: manage_master_user_password = true.",
    source: CREATE,
    severity: "error",
    check: (database, estate) =>
      ofPasswords(database, (password) => {
        const facts = factsOf(database, estate);
        if (!facts) return undefined;
        const [shortest, longest] = facts.password;
        if (password.length >= shortest && password.length <= longest) return undefined;
        return `a password of ${engineOf(database, estate)} has ${shortest} to ${longest} characters`;
      }),
  }),

  rule({
    id: "rds-password-characters",
    types: DATABASES,
    title: "The password of a master user is printable ASCII without / \" @ and spaces, and of Oracle without & and '",
    why: "AWS refuses it at apply.",
    fix: "Let RDS make one: manage_master_user_password = true.",
    source: CREATE,
    severity: "error",
    check: (database, estate) =>
      ofPasswords(database, (password) => {
        if (!/^[!-~]*$/.test(password) || /[/"@]/.test(password))
          return 'a password is printable ASCII without / " @ and spaces';
        if (!/[&']/.test(password) || familyOf(engineOf(database, estate)) !== "oracle") return undefined;
        return "a password of Oracle has no & and no '";
      }),
  }),

  rule({
    id: "rds-database-name",
    types: DATABASES,
    title:
      "The name of a database begins with a letter, has letters, digits and underscores only, and is not too long for its engine",
    why: "AWS refuses it at apply.",
    fix: "Use letters, digits and underscores: at most 8 of Oracle, 63 of PostgreSQL, 64 of MySQL, MariaDB and Db2.",
    source: CREATE,
    severity: "error",
    check: (database, estate) => {
      const { body, databaseName: argument } = credentialsOf(database);
      const name = body.string(argument);
      if (name === undefined || name === "" || !isNew(database)) return undefined;
      const engine = engineOf(database, estate);
      const longest = factsOf(database, estate)?.databaseName;
      // Of SQL Server is another rule's.
      if (longest === undefined) return undefined;
      const characters = engine === "aurora-postgresql" ? AURORA_DATABASE_NAME : DATABASE_NAME;
      if (characters.test(name) && name.length <= longest) return undefined;
      const rest = "letters, digits and underscores, and begins with a letter";
      return fault(body, argument, `a database of ${engine} has at most ${longest} ${rest}`);
    },
  }),

  rule({
    id: "rds-database-name-sql-server",
    types: DATABASES,
    title: "RDS for SQL Server makes no database",
    why: "AWS refuses a name of one at apply: databases are made with SQL.",
    fix: "Drop db_name.",
    source: CREATE,
    severity: "error",
    check: (database, estate) => {
      const { body, databaseName: argument } = credentialsOf(database);
      if (!body.has(argument) || !isNew(database)) return undefined;
      const facts = factsOf(database, estate);
      if (!facts || facts.databaseName !== undefined) return undefined;
      return fault(body, argument, "RDS for SQL Server makes no database");
    },
  }),
] as const;

/** What is wrong with the passwords that are written. */
function ofPasswords(database: Resource, judge: (password: string) => string | undefined): Fault[] {
  const { body, passwords } = credentialsOf(database);
  return each(passwords, (argument) => {
    const password = body.string(argument);
    const message = password === undefined || password === "" ? undefined : judge(password);
    return message === undefined ? undefined : fault(body, argument, message);
  });
}
