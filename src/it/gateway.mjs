// The gateway, as a user starts it.
import { start, stop } from "./processes.mjs";

const patience = 60_000;

/** Starts it in front of the upstream and waits until it is ready; the working directory must hold no options of anybody's. */
export async function startGateway(program, upstream, cwd) {
  const gateway = start(program, {
    cwd,
    env: {
      PATH: process.env.PATH,
      HOME: cwd,
      ...(process.env.JAVA_HOME && { JAVA_HOME: process.env.JAVA_HOME }),
      OPENROUTER_API_KEY: "sk-or-none",
      OPENROUTER_BASE_URL: upstream,
      PORT: "0",
      QUARKUS_LOG_CATEGORY__IO_FREEROUTER__LEVEL: "DEBUG",
    },
  });
  try {
    return { url: await ready(gateway), log: () => gateway.said, stop: () => stop(gateway) };
  } catch (error) {
    await stop(gateway);
    throw error;
  }
}

async function ready(gateway) {
  const deadline = Date.now() + patience;
  let over;
  gateway.ended.then((code) => { over = `it ended with ${code}`; }, (error) => { over = String(error); });
  while (!over && Date.now() < deadline) {
    const address = gateway.said.match(/Listening on: (http:\S+)/)?.[1];
    if (address && await answers(`${address}/health/ready`)) return address;
    await new Promise((later) => setTimeout(later, 100));
  }
  throw new Error(`The gateway does not come up: ${over ?? `not ready after ${patience / 1000} s`}\n${gateway.said}`);
}

const answers = (url) => fetch(url).then((response) => response.ok, () => false);
