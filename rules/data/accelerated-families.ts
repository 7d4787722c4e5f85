/**
 * Instance families with graphics processors, as of May 2026.
 * @see https://docs.aws.amazon.com/ec2/latest/instancetypes/ac.html
 */
export const GPU_FAMILIES: readonly string[] = [
  "g3",
  "g3s",
  "g4ad",
  "g4dn",
  "g5",
  "g5g",
  "g6",
  "g6e",
  "g6f",
  "gr6",
  "gr6f",
  "p2",
  "p3",
  "p3dn",
  "p4d",
  "p4de",
  "p5",
  "p5e",
  "p5en",
  "p6-b200",
  "p6-b300",
  "p6e-gb200",
];
