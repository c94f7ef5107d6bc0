// A registry for npm on this machine: node registry.mjs DIRECTORY
// It has the packages (*.tgz) of the directory and no others. It also serves the directory's files as they are. It prints its address.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";

const directory = process.argv[2];
const files = new Set(readdirSync(directory));
const packages = new Map();
for (const file of files) {
  if (!file.endsWith(".tgz")) continue;
  const description = JSON.parse(execFileSync("tar", ["-xzOf", join(directory, file), "package/package.json"]));
  const integrity = "sha512-" + createHash("sha512").update(readFileSync(join(directory, file))).digest("base64");
  packages.set(description.name, { description, file, integrity });
}

const server = createServer((request, response) => {
  const name = decodeURIComponent(request.url.slice(1));
  const found = packages.get(name);
  if (found) {
    const { description, file, integrity } = found;
    const dist = { tarball: `http://127.0.0.1:${server.address().port}/${file}`, integrity };
    response.setHeader("Content-Type", "application/json");
    response.end(
      JSON.stringify({
        name,
        "dist-tags": { latest: description.version },
        versions: { [description.version]: { ...description, dist } },
      }),
    );
  } else if (files.has(name)) {
    response.end(readFileSync(join(directory, name)));
  } else {
    response.statusCode = 404;
    response.end("{}");
  }
});
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));
