// Holds a composite action against the published JSON schema of actions, its
// pins against the table of those that the compiler writes, and gives each
// script a file of its own: `lint_action.mjs ACTION TABLE FOLDER`. Prints one
// line a finding and ends with 1 when there is any.
import { readFileSync, writeFileSync } from "node:fs";
import { webcrypto } from "node:crypto";
import { join } from "node:path";
import { parse } from "yaml";

globalThis.crypto ??= webcrypto; // Node 18 has none
const { validateAction } = await import("@action-validator/core");

const [path, table, folder] = process.argv.slice(2);
const text = readFileSync(path, "utf8");
const action = parse(text);
const findings = validateAction(text).errors
    .map((error) => `schema: ${JSON.stringify(error)}`);
const pins = new Map([...readFileSync(table, "utf8").matchAll(
    /^ACTION\(\w+, "([^"]+)",\s*"([0-9a-f]{40})",\s*"([^"]+)"\)/gm)]
    .map(([, name, commit, version]) => [name, `${commit} # ${version}`]));

for (const [, used] of text.matchAll(/^ *uses: (.*)$/gm)) {
    const [, name, pin] = used.match(/^([^@]+)@([0-9a-f]{40} # v[\d.]+)$/) ?? [];
    if (name === undefined)
        findings.push(`${used} is not pinned, or does not say its version`);
    else if (pins.has(name) && pins.get(name) !== pin)
        findings.push(`${used}: the compiler writes ${pins.get(name)}`);
}
for (const [index, step] of action.runs.steps.entries()) {
    if (step.run === undefined)
        continue;
    if (step.run.includes("${{"))
        findings.push(`${step.name}: an expression in a script`);
    if (step.shell !== "bash")
        findings.push(`${step.name}: another shell than bash`);
    writeFileSync(join(folder, `${index}.sh`), step.run);
}
for (const [name, input] of Object.entries(action.inputs)) {
    if (!input.description || input.default === undefined)
        findings.push(`${name}: no description, or no default`);
}
findings.forEach((finding) => console.error(finding));
process.exit(findings.length === 0 ? 0 : 1);
