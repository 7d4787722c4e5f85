import {
  ImageComponent,
  ImagePipeline,
  type ImageComponentProps,
  type ImagePipelineProps,
} from "../../modules/imagebuilder";
import { existingVpc } from "../../modules/vpc";
import type { EnvironmentStack } from "../../stacks/environment-stack";
import { synthesized, type Synthesized } from "../support/synthesized";

type Resources = Synthesized["resources"];

const steps: ImageComponentProps = { build: { install: ["dnf install -y nginx"] } };

function component(changes: Partial<ImageComponentProps> = {}): Resources {
  return synthesized((stack) => void new ImageComponent(stack, "nginx", { ...steps, ...changes })).resources;
}

function pipeline(
  changes: Partial<ImagePipelineProps> = {},
  build: (stack: EnvironmentStack) => Partial<ImagePipelineProps> = () => ({}),
): Resources {
  return synthesized((stack) => {
    const vpc = existingVpc(stack, "vpc", {
      vpcId: "vpc-1",
      cidr: "10.0.0.0/16",
      subnets: { private: { a: "subnet-a" } },
    });
    const props: ImagePipelineProps = {
      vpc,
      parentImage: { managed: "amazon-linux-2023-arm64" },
      components: [{ managed: "update-linux" }],
    };
    new ImagePipeline(stack, "golden", { ...props, ...changes, ...build(stack) });
  }).resources;
}

const recipe = (resources: Resources): Resources[string] =>
  resources["aws_imagebuilder_image_recipe.golden_recipe"] ?? {};
const documentOf = (resources: Resources): unknown =>
  JSON.parse(String(resources["aws_imagebuilder_component.nginx"]?.["data"]));

describe("a component", () => {
  test("is a document of phases and steps, whose commands are the shell's", () => {
    const resources = component({
      validate: { running: { action: "ExecuteBash", inputs: { commands: ["nginx -t"] }, onFailure: "continue" } },
      test: { answers: ["curl http://localhost"] },
    });
    expect(resources["aws_imagebuilder_component.nginx"]).toMatchObject({
      platform: "Linux",
      version: "1.0.0",
      lifecycle: { create_before_destroy: true },
    });
    expect(documentOf(resources)).toEqual({
      schemaVersion: 1,
      phases: [
        {
          name: "build",
          steps: [{ name: "install", action: "ExecuteBash", inputs: { commands: ["dnf install -y nginx"] } }],
        },
        {
          name: "validate",
          steps: [
            { name: "running", action: "ExecuteBash", onFailure: "Continue", inputs: { commands: ["nginx -t"] } },
          ],
        },
        {
          name: "test",
          steps: [{ name: "answers", action: "ExecuteBash", inputs: { commands: ["curl http://localhost"] } }],
        },
      ],
    });
  });

  test("for Windows runs PowerShell, and a variable of the shell is not one of Terraform", () => {
    const resources = component({ platform: "windows", build: { show: ["echo ${env:PATH}"] } });
    expect(resources["aws_imagebuilder_component.nginx"]?.["data"]).toContain(
      '"action":"ExecutePowerShell","inputs":{"commands":["echo $${env:PATH}"]}',
    );
  });

  test("has another name when it does something else, because AWS changes none", () => {
    const name = (resources: Resources): unknown => resources["aws_imagebuilder_component.nginx"]?.["name"];
    const before = name(component());
    expect(before).toMatch(/^acme-dev-nginx-[0-9a-f]{6}$/);
    expect(name(component())).toBe(before);
    for (const change of [{ version: "1.0.1" }, { platform: "windows" }, { test: { one: ["true"] } }] as const)
      expect(name(component(change))).not.toBe(before);
  });

  test("that does nothing, or whose version is none, is refused", () => {
    expect(() => component({ build: {}, version: "1.0" })).toThrowErrorMatchingInlineSnapshot(`
     "ImageComponent "dev-test/nginx" is invalid:
       - it must have steps to build, validate or test, got none
       - version must be like "1.0.0", got "1.0""
    `);
    expect(() => component({ build: { much: ["x".repeat(16_000)] } })).toThrow("at most 16000 characters");
  });
});

describe("an image pipeline", () => {
  test("makes encrypted images in a private subnet, on machines with IMDSv2 and a role, and keeps them in its region", () => {
    const resources = pipeline();
    expect(recipe(resources)).toMatchObject({
      version: "1.0.0",
      parent_image: "arn:aws:imagebuilder:eu-west-1:aws:image/amazon-linux-2023-arm64/x.x.x",
      component: [{ component_arn: "arn:aws:imagebuilder:eu-west-1:aws:component/update-linux/x.x.x" }],
      block_device_mapping: [
        { device_name: "/dev/xvda", ebs: { encrypted: "true", delete_on_termination: "true", volume_type: "gp3" } },
      ],
      lifecycle: { create_before_destroy: true },
    });
    expect(resources["aws_imagebuilder_infrastructure_configuration.golden_infrastructure"]).toMatchObject({
      name: "acme-dev-golden",
      subnet_id: "subnet-a",
      instance_types: ["t4g.medium"],
      security_group_ids: ["${aws_security_group.golden_security_group.id}"],
      instance_profile_name: "${aws_iam_instance_profile.golden_profile.name}",
      instance_metadata_options: { http_tokens: "required", http_put_response_hop_limit: 1 },
      terminate_instance_on_failure: true,
    });
    expect(resources["aws_imagebuilder_distribution_configuration.golden_distribution"]?.["distribution"]).toEqual([
      {
        region: "eu-west-1",
        ami_distribution_configuration: {
          name: "acme-dev-golden {{ imagebuilder:buildDate }}",
          ami_tags: { Name: "acme-dev-golden", Project: "acme", Environment: "dev" },
        },
      },
    ]);
    expect(resources["aws_imagebuilder_image_pipeline.golden"]).toMatchObject({
      image_recipe_arn: "${aws_imagebuilder_image_recipe.golden_recipe.arn}",
      infrastructure_configuration_arn: "${aws_imagebuilder_infrastructure_configuration.golden_infrastructure.arn}",
      distribution_configuration_arn: "${aws_imagebuilder_distribution_configuration.golden_distribution.arn}",
      image_tests_configuration: { image_tests_enabled: true, timeout_minutes: 720 },
      status: "ENABLED",
    });
    expect(resources["aws_imagebuilder_image_pipeline.golden"]).not.toHaveProperty("schedule");
  });

  test("runs its components in their order, with their parameters, and its own ones by reference", () => {
    const resources = pipeline({}, (stack) => ({
      components: [
        new ImageComponent(stack, "nginx", steps),
        { arn: "arn:aws:imagebuilder:eu-west-1:111111111111:component/agent/1.0.0/1", parameters: { Level: "2" } },
      ],
    }));
    expect(recipe(resources)["component"]).toEqual([
      { component_arn: "${aws_imagebuilder_component.nginx.arn}" },
      {
        component_arn: "arn:aws:imagebuilder:eu-west-1:111111111111:component/agent/1.0.0/1",
        parameter: [{ name: "Level", value: "2" }],
      },
    ]);
  });

  test("has a recipe of another name when anything in it changes, a component of its own too, and of the same name otherwise", () => {
    const withCommand = (command: string): unknown =>
      recipe(
        pipeline({}, (stack) => ({
          components: [new ImageComponent(stack, "nginx", { build: { install: [command] } })],
        })),
      )["name"];
    expect(withCommand("dnf install -y nginx")).toBe(withCommand("dnf install -y nginx"));
    expect(withCommand("dnf install -y nginx")).not.toBe(withCommand("dnf install -y httpd"));
    const name = recipe(pipeline())["name"];
    expect(recipe(pipeline({ runTests: false, imageTags: { a: "b" } }))["name"]).toBe(name);
    const defaults = { version: "x.x.x" };
    const said = {
      parentImage: { managed: "amazon-linux-2023-arm64", ...defaults },
      components: [{ managed: "update-linux", ...defaults }],
      rootVolume: { type: "gp3" },
    } as const;
    expect(recipe(pipeline(said))["name"]).toBe(name);
    for (const change of [
      { version: "2.0.0" },
      { rootVolume: { sizeGib: 20 } },
      { parentImage: { managed: "amazon-linux-2023-arm64", version: "2025.x.x" } },
    ])
      expect(recipe(pipeline(change))["name"]).not.toBe(name);
  });

  test("builds by schedule, when something is new or each time", () => {
    const scheduled = (schedule: ImagePipelineProps["schedule"]): unknown =>
      pipeline({ schedule, enabled: false })["aws_imagebuilder_image_pipeline.golden"];
    expect(scheduled({ cron: "cron(0 4 ? * mon *)", timeZone: "Europe/Madrid" })).toMatchObject({
      status: "DISABLED",
      schedule: {
        schedule_expression: "cron(0 4 ? * mon *)",
        timezone: "Europe/Madrid",
        pipeline_execution_start_condition: "EXPRESSION_MATCH_AND_DEPENDENCY_UPDATES_AVAILABLE",
      },
    });
    expect(scheduled({ cron: "cron(0 4 ? * mon *)", onlyWithUpdates: false })).toMatchObject({
      schedule: { timezone: "UTC", pipeline_execution_start_condition: "EXPRESSION_MATCH_ONLY" },
    });
  });

  test("distributes to regions, shares there, and says the newest in a parameter and a launch template", () => {
    const key = "arn:aws:kms:us-east-1:111111111111:key/1";
    const resources = pipeline({
      distributeTo: {
        "eu-west-1": { ssmParameter: "/imagebuilder/golden", launchTemplateId: "lt-1" },
        "us-east-1": {
          kmsKeyArn: key,
          sharedWith: ["222222222222"],
          organizationArns: ["arn:aws:organizations::1:organization/o-1", "arn:aws:organizations::1:ou/o-1/ou-1"],
        },
      },
    });
    expect(
      resources["aws_imagebuilder_distribution_configuration.golden_distribution"]?.["distribution"],
    ).toMatchObject([
      {
        region: "eu-west-1",
        ssm_parameter_configuration: [{ parameter_name: "/imagebuilder/golden", data_type: "aws:ec2:image" }],
        launch_template_configuration: [{ launch_template_id: "lt-1", default: true }],
      },
      {
        region: "us-east-1",
        ami_distribution_configuration: {
          kms_key_id: key,
          launch_permission: {
            user_ids: ["222222222222"],
            organization_arns: ["arn:aws:organizations::1:organization/o-1"],
            organizational_unit_arns: ["arn:aws:organizations::1:ou/o-1/ou-1"],
          },
        },
      },
    ]);
  });

  test("has a recipe of another name when a component that is known by its ARN says that it has another revision", () => {
    const withRevision = (revision: string): unknown =>
      recipe(pipeline({ components: [{ arn: "arn:component", revision }] }))["name"];
    expect(withRevision("1")).toBe(withRevision("1"));
    expect(withRevision("2")).not.toBe(withRevision("1"));
  });

  test("keeps the machine of a build that failed, when that is wanted", () => {
    const infrastructure = "aws_imagebuilder_infrastructure_configuration.golden_infrastructure";
    expect(pipeline({ terminateOnFailure: false })[infrastructure]).toMatchObject({
      terminate_instance_on_failure: false,
    });
  });

  test("writes logs to a bucket and tells a topic, where there are any", () => {
    const resources = pipeline({
      logBucket: { bucket: "logs", arn: "arn:aws:s3:::logs" },
      topic: { arn: "arn:aws:sns:eu-west-1:111111111111:builds" },
    });
    expect(resources["aws_imagebuilder_infrastructure_configuration.golden_infrastructure"]).toMatchObject({
      sns_topic_arn: "arn:aws:sns:eu-west-1:111111111111:builds",
      logging: { s3_logs: { s3_bucket_name: "logs", s3_key_prefix: "imagebuilder" } },
    });
    expect(String(resources["aws_iam_role_policy.golden_role_write_logs"]?.["policy"])).toContain(
      "arn:aws:s3:::logs/*",
    );
  });

  test("that is set up wrongly is refused, with everything that is wrong", () => {
    expect(() =>
      pipeline({
        parentImage: { id: "ami-1" },
        components: [],
        version: "one",
        subnets: "public",
        testTimeoutMinutes: 30,
        distributeTo: { "eu-west-1": { sharedWith: ["222"], ssmParameter: "/golden" } },
      }),
    ).toThrowErrorMatchingInlineSnapshot(`
     "ImagePipeline "dev-test/golden" is invalid:
       - components must name at least one, got none
       - version must be like "1.0.0", got "one"
       - testTimeoutMinutes must be 60 to 1440, got 30
       - the VPC has no public subnet in zone "a": name another tier or zone
       - rootDevice must name the root volume of an AMI by its id, got none: "/dev/xvda" for Amazon Linux, "/dev/sda1" for most others
       - instanceTypes must be named where the parent image does not say its architecture, got none
       - sharedWith must name accounts by twelve digits, got "222"
       - distributeTo.eu-west-1 needs a kmsKeyArn to be shared: nobody else may use AWS's own key, which encrypts the image otherwise
       - distributeTo.eu-west-1.ssmParameter must begin with "/imagebuilder/", where Image Builder may write, got "/golden""
    `);
    expect(() => pipeline({ instanceTypes: ["t3.medium"], distributeTo: {} })).toThrowErrorMatchingInlineSnapshot(`
     "ImagePipeline "dev-test/golden" is invalid:
       - instanceTypes must be arm64, as the parent image is, got "t3.medium"
       - distributeTo must name at least one region, got none"
    `);
  });
});
