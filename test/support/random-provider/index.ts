import { join } from "node:path";
import { loadPackageDefinition, Server, ServerCredentials, status } from "@grpc/grpc-js";
import type { handleUnaryCall, ServiceClientConstructor, UntypedServiceImplementation } from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";
import { ANSWERS } from "./provider";

const ADDRESS = "registry.terraform.io/hashicorp/random";

/** A stand-in for hashicorp/random that is listening. */
export interface RandomProvider {
  /** What Terraform must have in its environment to use it: in place of an installed provider, lock files or not. */
  readonly env: { readonly TF_REATTACH_PROVIDERS: string };
  stop(): void;
}

/**
 * Serves a stand-in for the public provider hashicorp/random to the Terraform processes of this machine, for tests where neither a mirror
 * nor the registry has the real one. It has the resource types that the modules use, and no other: random_id.
 *
 * Terraform starts providers itself, but one under development may be running already ("unmanaged"): `init` then does not look for it, and
 * no checksum is asked for. Terraform is told where it listens.
 *
 * @see https://developer.hashicorp.com/terraform/plugin/debugging#starting-a-provider-in-debug-mode
 */
export async function serveRandomProvider(): Promise<RandomProvider> {
  const server = new Server();
  server.addService(protocol(), implementation());
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  const reattach = {
    Protocol: "grpc",
    ProtocolVersion: 6,
    Pid: process.pid,
    Test: true,
    Addr: { Network: "tcp", String: `127.0.0.1:${port}` },
  };
  return {
    env: { TF_REATTACH_PROVIDERS: JSON.stringify({ [ADDRESS]: reattach }) },
    stop: () => server.forceShutdown(),
  };
}

function protocol(): ServiceClientConstructor["service"] {
  const definition = loadSync(join(__dirname, "tfplugin6.proto"), { longs: Number, oneofs: true, defaults: true });
  const { tfplugin6 } = loadPackageDefinition(definition) as unknown as {
    tfplugin6: { Provider: ServiceClientConstructor };
  };
  return tfplugin6.Provider.service;
}

function implementation(): UntypedServiceImplementation {
  const handler =
    (answer: (request: never) => object): handleUnaryCall<unknown, object> =>
    ({ request }, callback) => {
      try {
        callback(null, answer(request as never));
      } catch (error) {
        callback({ code: status.INTERNAL, details: (error as Error).message });
      }
    };
  return Object.fromEntries(Object.entries(ANSWERS).map(([name, answer]) => [name, handler(answer)]));
}
