import { holdsData } from "../../engine/data-stores";

test.each(["aws_db_instance", "aws_rds_cluster", "aws_ebs_volume", "aws_s3_bucket", "aws_kms_key"])(
  "%s holds data",
  (type) => {
    expect(holdsData(type, {})).toBe(true);
    expect(holdsData(type, undefined)).toBe(true);
  },
);

test("a read replica holds its source's data, so that nothing is lost with it", () => {
  expect(holdsData("aws_db_instance", { replicate_source_db: "orders" })).toBe(false);
  expect(holdsData("aws_db_instance", { replicate_source_db: "" })).toBe(true);
  expect(holdsData("aws_db_instance", { replicate_source_db: null })).toBe(true);
});

test("what is made anew as it was holds none", () => {
  expect(holdsData("aws_rds_cluster_instance", {})).toBe(false);
  expect(holdsData("aws_security_group", {})).toBe(false);
});
