// Runs the bundled tests with node's own runner; arguments are passed on to it.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("target/test/", import.meta.url));
const files = readdirSync(folder).filter((name) => name.endsWith(".test.mjs"));
if (files.length === 0) {
    throw new Error("no tests: run the build first");
}
const run = spawnSync(
    process.execPath,
    ["--test", "--enable-source-maps", ...process.argv.slice(2), ...files.map((name) => folder + name)],
    { stdio: "inherit" },
);
process.exit(run.status ?? 1);
