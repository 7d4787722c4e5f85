import { join } from "node:path";
import { fixtures } from "../rules/fixtures";
import type { Document, FailingInput, ProviderAnswer } from "../rules/fixtures/fixture";
import { ProviderAnswers, type Refusals } from "../support/provider-answers";
import { temporaryFolder } from "../support/temporary-folder";

const folder = temporaryFolder();
const SLOW = 400_000;

interface Tried {
  /** Name of its file, and what its resources are named after. */
  readonly name: string;
  readonly rule: string;
  readonly fixture: FailingInput;
  readonly document: Document;
}

/** Every failing fixture, each with names of its own so that all stand in one folder. */
const tried: readonly Tried[] = Object.entries(fixtures).flatMap(([rule, { fail }]) =>
  fail.map((fixture, index): Tried => {
    const name = `${rule}_${index}`.replaceAll("-", "_");
    return { name, rule, fixture, document: renamed(fixture.document, name) };
  }),
);

/** Only what the rule looks at: resources and data sources. A stack that is read from another is not there. */
function renamed({ resource = {}, data = {} }: Document, prefix: string): Document {
  const names = (types: object): object =>
    Object.fromEntries(
      // Terraform takes no type without resources.
      Object.entries(types as Record<string, object>)
        .filter(([, bodies]) => Object.keys(bodies).length > 0)
        .map(([type, bodies]) => [
          type,
          Object.fromEntries(Object.entries(bodies).map(([name, body]) => [`${prefix}_${name}`, body as unknown])),
        ]),
    );
  const text = JSON.stringify({
    ...(Object.keys(resource).length === 0 ? {} : { resource: names(resource) }),
    ...(Object.keys(data).length === 0 ? {} : { data: names(data) }),
  });
  return JSON.parse(
    text.replace(/(\$\{(?:data\.)?(?:aws_[a-z0-9_]+|terraform_remote_state)\.)/g, `$1${prefix}_`),
  ) as Document;
}

/** Planning reads data sources, which takes an account. */
const canPlan = ({ document }: Tried): boolean => document.data === undefined;
const documents = (list: readonly Tried[]): Record<string, Document> =>
  Object.fromEntries(list.map(({ name, document }) => [name, document]));

/** The answers of the provider beside those that the fixtures claim, where these differ. */
function different(list: readonly Tried[], refused: Refusals, answer: ProviderAnswer): object[] {
  const names = new Set(list.map(({ name }) => name));
  const elsewhere = Object.entries(refused).filter(([name]) => !names.has(name));
  if (elsewhere.length > 0) return elsewhere;
  return list.flatMap(({ name, rule, fixture }) => {
    const isRefused = refused[name] !== undefined;
    return isRefused === (fixture.provider === answer)
      ? []
      : [
          {
            rule,
            argument: fixture.argument,
            value: fixture.value,
            claimed: fixture.provider,
            refused: refused[name] ?? [],
          },
        ];
  });
}

test(
  "validate refuses the failing fixtures that say so, and accepts the others",
  async () => {
    const answers = await ProviderAnswers.in(join(folder, "validate"), documents(tried));
    expect(different(tried, await answers.validate(), "V")).toEqual([]);
  },
  SLOW,
);

test(
  "plan refuses those of the rest that say so, and accepts the others: without the rules, only apply would",
  async () => {
    const accepted = tried.filter((one) => one.fixture.provider !== "V" && canPlan(one));
    const answers = await ProviderAnswers.in(join(folder, "plan"), documents(accepted));
    expect(different(accepted, await answers.plan(), "P")).toEqual([]);
  },
  SLOW,
);
