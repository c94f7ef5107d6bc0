// Programs, each in a process group of its own that is ended as a whole.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";

const running = new Set();

/** Starts it. `ended` resolves to its exit code or the signal that ended it; `out` and `said` are what it has written so far. */
export function start([command, ...args], { cwd, env }) {
  const child = spawn(command, args, { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  const begun = { child, out: "", said: "" };
  child.stdout.on("data", (data) => { begun.out += data; begun.said += data; });
  child.stderr.on("data", (data) => { begun.said += data; });
  begun.ended = once(child, "exit").then(([code, signal]) => code ?? signal);
  // What outlives the program must not hold its output open, which is whole only once that is closed.
  begun.closed = Promise.all([begun.ended.finally(() => kill(child, "SIGKILL")), once(child, "close")]);
  running.add(child);
  return begun;
}

/** Ends it and all that it has begun: asked first, made to after some seconds. */
export async function stop({ child, closed }) {
  kill(child, "SIGTERM");
  const timer = setTimeout(() => kill(child, "SIGKILL"), 5_000);
  await closed;
  clearTimeout(timer);
  running.delete(child);
}

/** A port of the loopback that nobody listens on. */
export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

function kill({ pid }, signal) {
  try {
    if (pid) process.kill(-pid, signal);
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}

process.on("exit", () => running.forEach((child) => kill(child, "SIGKILL")));
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => process.exit(1));
