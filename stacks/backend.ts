import { join, relative, resolve, sep } from "node:path";
import { App, LocalBackend, S3Backend } from "cdktf";
import type { EnvironmentConfig, BackendConfig } from "../environments/config";
import type { EnvironmentStack, EnvironmentStackProps } from "./environment-stack";
import { assumedRole, EMULATOR_CREDENTIALS } from "./provider";

/** The bucket and region that an environment's state is kept in, or the folder of a local backend. */
export type StateLocation =
  | { readonly type: "s3"; readonly bucket: string; readonly region: string; readonly kmsKeyArn?: string }
  | { readonly type: "local"; readonly directory: string };

/** Where the state of an environment is. On an emulator it is always a bucket there: real state is never touched. */
export function stateLocation(environment: EnvironmentConfig, emulator: string | undefined): StateLocation {
  const { name, backend } = environment;
  if (backend.type === "local" && emulator === undefined) {
    return { type: "local", directory: `.andamio/state/${name}` };
  }
  const kmsKeyArn = emulator === undefined && backend.type === "s3" ? backend.kmsKeyArn : undefined;
  return {
    type: "s3",
    bucket: bucketName(environment, backend),
    region: (backend.type === "s3" ? backend.region : undefined) ?? environment.region,
    ...(kmsKeyArn === undefined ? {} : { kmsKeyArn }),
  };
}

function bucketName({ project, account, region }: EnvironmentConfig, backend: BackendConfig): string {
  const given = backend.type === "s3" ? backend.bucket : undefined;
  return given ?? `${project}-terraform-state-${account}-${region}`;
}

/** Gives a stack its backend. State key: `<environment>/<stack>.tfstate`. */
export function createBackend(stack: EnvironmentStack, name: string, props: EnvironmentStackProps): void {
  const { environment, emulator } = props;
  const location = stateLocation(environment, emulator);
  if (location.type === "local") {
    new LocalBackend(stack, { path: fromStackFolder(stack, `${location.directory}/${name}.tfstate`) });
    return;
  }
  const role = assumedRole(environment, emulator);
  const backend = new S3Backend(stack, {
    bucket: location.bucket,
    key: `${environment.name}/${name}.tfstate`,
    region: location.region,
    encrypt: true,
    allowedAccountIds: [environment.account],
    ...(location.kmsKeyArn === undefined ? {} : { kmsKeyId: location.kmsKeyArn }),
    ...(role ? { assumeRole: role } : {}),
    ...(emulator === undefined ? {} : emulatedBackend(emulator)),
  });
  // S3's own lock: cdktf's type does not have the argument yet.
  backend.addOverride("use_lockfile", true);
}

/** A file of the project as Terraform sees it from the stack's folder: the JSON must not depend on where the project lies. */
function fromStackFolder(stack: EnvironmentStack, file: string): string {
  const stackFolder = resolve(App.of(stack).outdir, "stacks", stack.node.id);
  return join(relative(stackFolder, process.cwd()), file).split(sep).join("/");
}

function emulatedBackend(emulator: string): object {
  return {
    ...EMULATOR_CREDENTIALS,
    endpoints: { s3: emulator, sts: emulator, iam: emulator },
    usePathStyle: true,
    skipCredentialsValidation: true,
    skipMetadataApiCheck: true,
  };
}
