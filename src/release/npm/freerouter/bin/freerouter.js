#!/usr/bin/env node
// Starts the executable of this platform, passes signals on to it, and ends as it ends.
"use strict";

const { spawn } = require("node:child_process");
const { existsSync, readFileSync, realpathSync } = require("node:fs");
const { constants } = require("node:os");
const path = require("node:path");

const platform = `${process.platform}-${process.arch}`;
const executables = ["darwin-arm64", "linux-arm64", "linux-x64", "win32-x64"];

/** Whether there is glibc, by the path of its loader, which is in each executable. Alpine, for example, has another C library. */
const loaders = { "linux-arm64": "/lib/ld-linux-aarch64.so.1", "linux-x64": "/lib64/ld-linux-x86-64.so.2" };
const hasItsLibrary = () => !(platform in loaders) || existsSync(loaders[platform]);

function installed(file) {
  try {
    return require.resolve(file);
  } catch (error) {
    if (error.code !== "MODULE_NOT_FOUND") throw error;
    return undefined;
  }
}

/** The file and the first arguments of what is started, or undefined if nothing that runs here is installed. */
function program() {
  if (executables.includes(platform) && hasItsLibrary()) {
    const name = process.platform === "win32" ? "freerouter.exe" : "freerouter";
    const executable = installed(`@freerouter/${platform}/bin/${name}`);
    if (executable) return [executable];
  }
  const jar = installed("@freerouter/jvm/lib/freerouter.jar");
  if (!jar) return undefined;
  const java = javaProgram();
  if (!java) fail(`There is no Java${process.env.JAVA_HOME ? ` in JAVA_HOME (${process.env.JAVA_HOME})` : ""}. ${installJava}`);
  const version = javaVersion(java);
  if (version < 17) fail(`${java} is Java ${version}. ${installJava}`);
  return [java, "-XX:+UseSerialGC", "-Xmx256m", "-jar", jar];
}

const installJava = "Install Java 17 or newer, or set JAVA_HOME to it.";

function javaProgram() {
  const name = process.platform === "win32" ? "java.exe" : "java";
  const folders = process.env.JAVA_HOME ? [path.join(process.env.JAVA_HOME, "bin")] : (process.env.PATH ?? "").split(path.delimiter);
  return folders.filter((folder) => folder).map((folder) => path.join(folder, name)).find((file) => existsSync(file));
}

/** Every JDK since 9 says its version in this file, and Java 8 does as "1.8". NaN if there is no such file. */
function javaVersion(java) {
  try {
    const release = readFileSync(path.join(realpathSync(java), "..", "..", "release"), "utf8");
    const [, first, second] = release.match(/^JAVA_VERSION="(\d+)(?:\.(\d+))?/m) ?? [];
    return Number(first === "1" ? second : first);
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
    return NaN;
  }
}

function fail(message) {
  console.error(`freerouter: ${message}`);
  process.exit(1);
}

function nothingInstalled() {
  const jvm = "Install Java 17 or newer, and this package together with @freerouter/jvm: npm install --global freerouter @freerouter/jvm";
  if (!executables.includes(platform)) return `There is no executable for ${platform}. ${jvm}`;
  if (!hasItsLibrary()) return `The executable for ${platform} needs glibc, which this system does not have. ${jvm}`;
  return (
    `The package @freerouter/${platform} is not installed. npm leaves it out with --omit=optional or --no-optional, ` +
    "and when node_modules was copied from another platform. Install freerouter again without these options."
  );
}

const command = program();
if (!command) fail(nothingInstalled());

const child = spawn(command[0], [...command.slice(1), ...process.argv.slice(2)], { stdio: "inherit" });

// A terminal sends Ctrl-C to both processes. Other senders reach only this one.
const passOn = (signal) => {
  if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
};
const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
for (const signal of signals) process.on(signal, passOn);

child.on("error", (error) => fail(`${command[0]} cannot be started: ${error.message}`));
child.on("exit", (code, signal) => {
  if (signal === null) process.exit(code);
  for (const name of signals) process.removeListener(name, passOn);
  process.kill(process.pid, signal);
  // Where a signal does not end this process, such as on Windows.
  process.exitCode = 128 + constants.signals[signal];
});
