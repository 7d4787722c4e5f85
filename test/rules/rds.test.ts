import { evaluate, rules } from "../../rules";
import { estateOf, type Input } from "./fixtures/fixture";
import { INSTANCE, REPLICA, SOURCE } from "./fixtures/rds/documents";

const found = (input: Input): string[] =>
  evaluate(estateOf(input), { rules, today: "2026-06-15" }).findings.map(({ rule, address }) => `${address} ${rule}`);

test("two databases that replicate each other are left to Terraform", () => {
  const replica = (other: string, name: string): object => ({
    ...REPLICA,
    identifier: name,
    replicate_source_db: `\${aws_db_instance.${other}.identifier}`,
    backup_retention_period: 1,
    enabled_cloudwatch_logs_exports: ["postgresql"],
  });
  const document = {
    resource: { aws_db_instance: { a: replica("b", "one"), b: replica("a", "two") } },
  } as Input["document"];
  expect(found({ document })).toEqual([]);
});

test("a replica is judged by its source in another stack", () => {
  const network = (source: object): Input => ({
    document: {
      data: { terraform_remote_state: { data: { backend: "local", config: { path: "data.tfstate" } } } },
      resource: {
        aws_db_instance: {
          a: { ...REPLICA, replicate_source_db: "${data.terraform_remote_state.data.outputs.orders}" },
        },
      },
    },
    others: {
      "test-data": {
        terraform: { backend: { local: { path: "data.tfstate" } } },
        resource: { aws_db_instance: { orders: { ...SOURCE, ...source } } },
        output: { orders: { value: "${aws_db_instance.orders.identifier}" } },
      },
    },
  });
  expect(found(network({}))).toEqual([]);
  expect(found(network({ backup_retention_period: "0" }))).toEqual([
    "aws_db_instance.a rds-replica-source-backups",
    "aws_db_instance.orders rds-backup-retention",
  ]);
});

test("numbers and switches that are written as texts are what they say", () => {
  const document = {
    resource: {
      aws_db_instance: {
        it: {
          ...INSTANCE,
          allocated_storage: "50",
          multi_az: "true",
          storage_encrypted: "true",
          backup_retention_period: "14",
          deletion_protection: "true",
          port: "5432",
        },
      },
    },
  };
  expect(found({ document })).toEqual([]);
});
