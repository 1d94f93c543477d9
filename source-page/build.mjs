// Bundles the library, the tests and the program of the cross tests into target/, and says how large the library is.
import { build } from "esbuild";
import { readFileSync, readdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

const common = {
    bundle: true,
    format: "esm",
    charset: "utf8",
    logLevel: "warning",
    absWorkingDir: fileURLToPath(new URL(".", import.meta.url)),
};

rmSync(new URL("target", import.meta.url), { recursive: true, force: true });
await build({
    ...common,
    entryPoints: ["src/index.ts"],
    outfile: "target/lamplighter.js",
    target: "es2022",
    minify: true,
});
await build({
    ...common,
    entryPoints: readdirSync(new URL("test", import.meta.url))
        .filter((name) => name.endsWith(".test.ts") || name.endsWith(".main.ts"))
        .map((name) => `test/${name}`),
    outdir: "target/test",
    outExtension: { ".js": ".mjs" },
    platform: "node",
    target: "node18",
    sourcemap: "inline",
});
const library = readFileSync(new URL("target/lamplighter.js", import.meta.url));
const kilobytes = (bytes) => (bytes.length / 1000).toFixed(1);
console.log(
    `library: ${kilobytes(library)} kB, gzip ${kilobytes(gzipSync(library, { level: 9 }))} kB,`,
    `brotli ${kilobytes(brotliCompressSync(library))} kB`,
);
