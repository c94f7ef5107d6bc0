// The clients, each with what it takes to have it say `prompt` to the gateway, in a home and a working directory of its own.
// An agent with a `word` is what `freerouter setup` and `freerouter launch` call by it; the program runs it as `binary`.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { environment } from "./snippets.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const module = (path) => join(here, "node_modules", path);
const platform = `${process.platform}-${process.arch}`;

/** What the model's tool call reads; in the working directory. */
export const note = "note.txt";
const prompt = `Read ${note} and tell me what it says.`;

const sdk = (name, endpoint) => ({
  name,
  endpoint,
  program: [process.execPath, join(here, "sdks", `${name}.mjs`)],
  args: [],
  tool: { name: "read_file", input: () => ({ path: note }) },
  files: [],
  env: (gateway) => ({ GATEWAY: gateway, PROMPT: prompt }),
});

const pi = {
  name: "pi",
  endpoint: "/chat/completions",
  word: "pi",
  binary: "pi",
  program: [process.execPath, module("@earendil-works/pi-coding-agent/dist/bundle/cli.js")],
  args: ["-p", prompt],
  tool: { name: "read", input: () => ({ path: note }) },
  files: [".pi/agent/models.json", ".pi/agent/settings.json"],
  env: () => ({ PI_OFFLINE: "1", PI_TELEMETRY: "0" }),
};

/** Of the builds among which the package opencode-ai chooses. */
const opencode = {
  name: "opencode",
  endpoint: "/chat/completions",
  word: "opencode",
  binary: "opencode",
  program: [module(`opencode-${platform}${withoutAvx2() ? "-baseline" : ""}/bin/opencode`)],
  args: ["run", prompt],
  tool: { name: "read", input: (work) => ({ filePath: join(work, note) }) },
  files: [".config/opencode/opencode.json"],
  env: () => ({ OPENCODE_DISABLE_MODELS_FETCH: "1", OPENCODE_DISABLE_AUTOUPDATE: "1" }),
};

const codex = {
  name: "codex",
  endpoint: "/responses",
  needs: module(`@openai/codex-${platform}`),
  word: "codex",
  binary: "codex",
  program: [process.execPath, module("@openai/codex/bin/codex.js")],
  args: [
    "exec", "--strict-config", "--skip-git-repo-check", "--sandbox", "danger-full-access",
    "-c", "check_for_update_on_startup=false", "-c", "analytics.enabled=false", prompt,
  ],
  tool: { name: "exec_command", input: () => ({ cmd: `cat ${note}` }) },
  files: [".codex/config.toml"],
  env: () => ({}),
};

const claude = {
  name: "claude-code",
  endpoint: "/messages",
  word: "claude",
  binary: "claude",
  program: [module(`@anthropic-ai/claude-code-${platform}/claude`)],
  args: ["-p", prompt],
  tool: { name: "Read", input: (work) => ({ file_path: join(work, note) }) },
  files: [".claude/settings.json"],
  env: () => ({ DISABLE_AUTOUPDATER: "1" }),
};

const qwen = {
  name: "qwen-code",
  endpoint: "/chat/completions",
  word: "qwen",
  binary: "qwen",
  program: [process.execPath, module("@qwen-code/qwen-code/cli-entry.js")],
  args: ["--yolo", prompt],
  tool: { name: "read_file", input: (work) => ({ file_path: join(work, note) }) },
  files: [".qwen/settings.json"],
  env: () => ({}),
};

const copilot = {
  name: "copilot-cli",
  endpoint: "/chat/completions",
  word: "copilot",
  binary: "copilot",
  program: [module(`@github/copilot-${platform}/copilot`)],
  args: ["--allow-all-tools", "--no-auto-update", "-p", prompt],
  tool: { name: "view", input: (work) => ({ path: join(work, note) }) },
  files: [],
  env: () => ({}),
  settings: (gateway) => environment("Copilot CLI", gateway),
};

export const clients = [
  sdk("openai-chat", "/chat/completions"),
  sdk("openai-responses", "/responses"),
  sdk("anthropic-messages", "/messages"),
  sdk("vercel-ai", "/chat/completions"),
  sdk("openrouter-sdk", "/chat/completions"),
  sdk("openrouter-agent", "/responses"),
  pi,
  opencode,
  codex,
  claude,
  qwen,
  copilot,
];

/** Whether all of it is there: what npm has no build of for this machine is not. */
export const isInstalled = ({ program, needs }) =>
  [...program, needs].filter((part) => part?.startsWith("/")).every((path) => existsSync(path));

/** Processors of before 2013 cannot run opencode's usual build. */
function withoutAvx2() {
  return platform === "linux-x64" && !readFileSync("/proc/cpuinfo", "utf8").includes("avx2");
}
