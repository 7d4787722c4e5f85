import js from "@eslint/js";
import boundaries from "eslint-plugin-boundaries";
import tseslint from "typescript-eslint";

/** A folder at the top of the house: its files are one element. */
const folder = (type) => ({ type, pattern: type });

/** DESIGN's arrows: who may import whom. Everything else is refused. */
const ARROWS = {
  environments: [],
  modules: [],
  rules: [],
  engine: [],
  stacks: ["modules", "rules"],
  cli: ["engine", "rules"],
  bench: ["environments", "stacks", "modules", "rules", "engine"],
  examples: ["environments", "stacks", "modules", "rules"],
};

const arrow = (from, to, kind) => ({
  from: { element: { type: from } },
  allow: { to: { element: { types: { anyOf: to } } }, ...(kind ? { dependency: { kind } } : {}) },
});

export default tseslint.config(
  { ignores: ["dist/", "cdktf.out/", ".andamio/", "node_modules/", "coverage/"] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    files: ["**/*.js"],
    languageOptions: {
      sourceType: "commonjs",
      globals: {
        require: "readonly",
        module: "writable",
        process: "readonly",
        __dirname: "readonly",
        __filename: "readonly",
        console: "readonly",
      },
    },
    rules: { "@typescript-eslint/no-require-imports": "off" },
  },
  {
    files: ["**/*.ts"],
    rules: {
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true, varsIgnorePattern: "^_" }],
      "max-lines": ["error", { max: 300 }],
      "no-restricted-imports": [
        "error",
        {
          paths: [
            {
              name: "@cdktf/provider-aws",
              message: "Import lib/<resource>: the index costs seconds and half a gigabyte.",
            },
            { name: "@cdktf/provider-random", message: "Import lib/<resource>: the index loads every resource." },
          ],
          patterns: [{ group: ["cdktf/lib/*"], message: "Only what cdktf exports: CDK Terrain has no such files." }],
        },
      ],
      "no-restricted-syntax": [
        "error",
        {
          selector: 'BinaryExpression[operator="instanceof"]:not([right.name=/Error$/])',
          message:
            "It fails when two copies of a package are installed: use a brand, e.g. TerraformResource.isTerraformResource(x).",
        },
      ],
    },
  },
  {
    files: ["**/*.ts"],
    ignores: ["test/**"],
    plugins: { boundaries },
    settings: {
      "boundaries/elements": Object.keys(ARROWS).map(folder),
      "import/resolver": { typescript: { alwaysTryTypes: true } },
    },
    rules: {
      "boundaries/dependencies": [
        "error",
        {
          default: "disallow",
          policies: [
            { allow: { to: { module: { origin: ["external", "core"] } } } },
            ...Object.entries(ARROWS).map(([from, to]) => arrow(from, [from, ...to])),
            // So that a union is written once.
            arrow("environments", ["modules", "rules"], "type"),
            arrow("stacks", ["environments"], "type"),
            // What has to lie in each stack's folder is the engine's knowledge; synth puts it there.
            {
              from: { file: { path: "stacks/synth.ts" } },
              allow: { to: { file: { path: "engine/stack-folders.ts" } } },
            },
            // main.ts, at the top.
            {
              from: { file: { path: "*.ts" } },
              allow: { to: { element: { types: { anyOf: ["environments", "stacks"] } } } },
            },
          ],
        },
      ],
    },
  },
  {
    files: ["modules/**", "stacks/**", "engine/**", "rules/**", "environments/**"],
    rules: {
      "no-restricted-properties": [
        "error",
        { object: "process", property: "env", message: "It is read in bin/, main.ts and cli/ only, and handed down." },
      ],
    },
  },
);
