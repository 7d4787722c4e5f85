import { ExitCode } from "../../engine/errors";
import type { Session } from "../session";
import { table } from "../table";

/** `andamio list` */
export async function list(session: Session): Promise<ExitCode> {
  const { terminal } = session;
  const project = await session.synthesize(undefined);
  const rows = project.stacks.map(({ id, environment = "", resources, dependencies }) => {
    const { tier = "", account = "", region = "" } = project.environments[environment] ?? {};
    const made = Object.keys(resources).filter((address) => !address.startsWith("data."));
    return { stack: id, environment, tier, account, region, resources: made.length, dependencies };
  });
  terminal.print(
    table(
      ["Stack", "Tier", "Account", "Region", "Resources", "Takes values from"],
      rows.map((row) => [row.stack, row.tier, row.account, row.region, row.resources, row.dependencies.join(", ")]),
    ),
  );
  terminal.document({ stacks: rows });
  return ExitCode.done;
}
