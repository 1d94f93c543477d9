// `npm ci` when the lock file is not the one that was installed last.
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, readFileSync } from "node:fs";

const [lock, installed] = ["package-lock.json", "node_modules/.installed-lock.json"];
if (!existsSync(installed) || !readFileSync(installed).equals(readFileSync(lock))) {
    const run = spawnSync("npm", ["ci", "--no-progress"], { stdio: "inherit" });
    if (run.status !== 0) {
        process.exit(run.status ?? 1);
    }
    copyFileSync(lock, installed);
}
