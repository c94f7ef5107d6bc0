// Whether `freerouter setup` puts the gateway into every agent's settings, and `--undo` leaves them as they were, byte by byte.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { freePort, start, stop } from "./processes.mjs";

/** Each agent's file, and what a user had in it before; nothing if there was no file. */
const agents = {
  claude: { ".claude/settings.json": '{\n\t"theme": "dark",\n\t"env": {"A": "1"}\n}' },
  codex: { ".codex/config.toml": '# Mine.\nmodel = "other" # the best\n\n[tui]\ntheme = "x"\n' },
  opencode: { ".config/opencode/opencode.jsonc": '{\r\n  // Mine.\r\n  "provider": { "other": {} },\r\n}\r\n' },
  pi: { ".pi/agent/models.json": "", ".pi/agent/settings.json": '{"theme":"x"}' },
  qwen: { ".qwen/settings.json": '{\n    "modelProviders": { "openai": [{ "id": "other" }] }\n}\n' },
  kilo: {},
  openclaw: { ".openclaw/openclaw.json": "{}" },
  cline: {},
  continue: { ".continue/config.yaml": "name: Mine\nversion: 1.0.0\nschema: v1\nmodels:\n- name: Other\n  provider: x\n" },
};

/** Runs a command of the program, which must succeed. */
export async function freerouter(program, args, home, gateway) {
  const { hostname, port } = new URL(gateway);
  const command = start([...program, ...args], {
    cwd: home,
    env: {
      PATH: process.env.PATH, HOME: home, HOST: hostname, PORT: port,
      ...(process.env.JAVA_HOME && { JAVA_HOME: process.env.JAVA_HOME }),
    },
  });
  const code = await command.ended;
  await stop(command);
  if (code !== 0) throw new Error(`freerouter ${args.join(" ")} ended with ${code}:\n${command.said}`);
}

/** What is wrong, in words. */
export async function setupAndUndo(program, home) {
  mkdirSync(home);
  for (const [path, text] of Object.values(agents).flatMap(Object.entries)) {
    mkdirSync(dirname(join(home, path)), { recursive: true });
    writeFileSync(join(home, path), text);
  }
  const gateway = `http://127.0.0.1:${await freePort()}`;
  const before = tree(home);
  const wrong = [];
  for (const word of Object.keys(agents)) {
    await freerouter(program, ["setup", word, "--yes"], home, gateway);
    const once = tree(home);
    if (!changed(before, once).some((path) => once[path]?.includes(gateway))) wrong.push(`${word} has not got the gateway`);
    await freerouter(program, ["setup", word, "--yes"], home, gateway);
    if (changed(once, tree(home)).length > 0) wrong.push(`the second setup of ${word} changed something`);
    await freerouter(program, ["setup", word, "--undo", "--yes"], home, gateway);
    wrong.push(...changed(before, tree(home)).map((path) => `undo of ${word} left ${path} otherwise than it was`));
  }
  return wrong;
}

/** All files by their paths, and folders without a text. */
function tree(folder) {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true });
  return Object.fromEntries(paths.map((entry) => {
    const path = join(entry.parentPath, entry.name);
    return [path, entry.isFile() ? readFileSync(path, "latin1") : undefined];
  }));
}

const changed = (before, after) => [...new Set([...Object.keys(before), ...Object.keys(after)])]
  .filter((path) => !(path in before) || !(path in after) || before[path] !== after[path]);
