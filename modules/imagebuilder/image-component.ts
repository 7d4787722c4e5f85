import { Construct } from "constructs";
import { ImagebuilderComponent } from "@cdktf/provider-aws/lib/imagebuilder-component";
import { awsName, Problems, shown, stableHash } from "../core";
import { escaped } from "../ec2/user-data";

/**
 * One step: commands for the shell (bash on Linux, PowerShell on Windows), or an action module with its inputs.
 * https://docs.aws.amazon.com/imagebuilder/latest/userguide/toe-action-modules.html
 */
export type ComponentStep = readonly string[] | ActionStep;

/** A step by its action module: `{ action: "Reboot", inputs: { delaySeconds: 60 } }`. */
export interface ActionStep {
  /** `ExecuteBash`, `S3Download`, `Reboot`, `UpdateOS`. */
  readonly action: string;
  /**
   * As the module takes them.
   * @default none
   */
  readonly inputs?: unknown;
  /**
   * What a failure means: the build ends, the step is marked, or nothing.
   * @default "abort"
   */
  readonly onFailure?: "abort" | "continue" | "ignore";
}

/** Steps by a name of your own, in the order in which they run. */
export type ComponentSteps = Readonly<Record<string, ComponentStep>>;

export interface ImageComponentProps {
  /**
   * What is done to the machine that the image is made of.
   * @default nothing
   */
  readonly build?: ComponentSteps;
  /**
   * What must succeed on that machine before the image is made.
   * @default nothing
   */
  readonly validate?: ComponentSteps;
  /**
   * What must succeed on a machine that is started from the finished image.
   * @default nothing
   */
  readonly test?: ComponentSteps;
  /**
   * Changing it makes another component.
   * @default "linux"
   */
  readonly platform?: "linux" | "windows";
  /**
   * `<major>.<minor>.<patch>`, for people to tell one from the other: what the component does decides whether it is a new one. Changing it makes
   * another component.
   * @default "1.0.0"
   */
  readonly version?: string;
  /**
   * ARN of the KMS key that encrypts the document. Changing it makes another component.
   * @default Image Builder's own key
   */
  readonly kmsKeyArn?: string;
}

/** AWS: a document in the call itself. https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_CreateComponent.html */
const LONGEST_DOCUMENT = 16_000;

const ON_FAILURE = { abort: "Abort", continue: "Continue", ignore: "Ignore" } as const;

/**
 * Something that is done to an image: software that is installed, a setting, a test. An `ImagePipeline` names it.
 *
 * AWS does not change a component: with any change another one is made, and the recipes that name it with it, before the old one goes.
 * Costs: nothing. https://docs.aws.amazon.com/imagebuilder/latest/userguide/toe-use-documents.html
 *
 * @example
 * const nginx = new ImageComponent(this, "nginx", {
 *   build: { install: ["dnf install -y nginx", "systemctl enable nginx"] },
 *   test: { answers: ["curl --fail http://localhost/"] },
 * });
 */
export class ImageComponent extends Construct {
  readonly arn: string;
  /** Another one whenever the component does something else; of the references in it that cannot be told. */
  readonly revision: string;
  readonly resource: ImagebuilderComponent;

  /** @throws InvalidConstructError when it does nothing, or more than one document can say */
  constructor(scope: Construct, id: string, props: ImageComponentProps) {
    super(scope, id);
    const { platform = "linux", version = "1.0.0", kmsKeyArn } = props;
    const document = documentOf(props);
    this.check(props, document);
    this.revision = stableHash(withoutReferences(document), platform, version, withoutReferences(kmsKeyArn ?? ""));
    this.resource = new ImagebuilderComponent(this, "Resource", {
      name: awsName(this, "imageBuilder", this.revision),
      platform: platform === "linux" ? "Linux" : "Windows",
      version,
      data: escaped(document),
      kmsKeyId: kmsKeyArn,
      lifecycle: { createBeforeDestroy: true },
    });
    this.arn = this.resource.arn;
  }

  private check({ build, validate, test, version = "1.0.0" }: ImageComponentProps, document: string): void {
    const problems = new Problems(this, "ImageComponent");
    const steps = [build, validate, test].flatMap((phase) => Object.keys(phase ?? {}));
    problems.require(steps.length > 0, "it must have steps to build, validate or test, got none");
    problems.require(isVersion(version), `version must be like "1.0.0", got ${shown(version)}`);
    problems.require(
      document.length <= LONGEST_DOCUMENT,
      `its document must be at most ${LONGEST_DOCUMENT} characters, got ${document.length}: make two of it, or download what is long`,
    );
    problems.throwIfAny();
  }
}

/** True for three numbers with dots between. */
export function isVersion(version: string): boolean {
  return /^\d+\.\d+\.\d+$/.test(version);
}

/** What is the same in each run of the program: references are numbered in the order in which they are made. */
export function withoutReferences(text: string): string {
  return text.replace(/\$\{TfToken\[[^\]]*\]\}/g, "reference");
}

/** Written as JSON, which is read as the YAML that it is. */
function documentOf({ build, validate, test, platform = "linux" }: ImageComponentProps): string {
  const shell = platform === "linux" ? "ExecuteBash" : "ExecutePowerShell";
  const phases = Object.entries({ build, validate, test }).flatMap(([name, steps]) =>
    steps === undefined
      ? []
      : [{ name, steps: Object.entries(steps).map(([step, what]) => ({ name: step, ...stepOf(what, shell) })) }],
  );
  return JSON.stringify({ schemaVersion: 1, phases });
}

function stepOf(step: ComponentStep, shell: string): object {
  if (!isAction(step)) return { action: shell, inputs: { commands: step } };
  const { action, inputs, onFailure } = step;
  return { action, onFailure: onFailure && ON_FAILURE[onFailure], inputs };
}

function isAction(step: ComponentStep): step is ActionStep {
  return !Array.isArray(step);
}
