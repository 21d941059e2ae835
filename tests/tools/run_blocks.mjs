// Writes each `run` of workflow files to a file of its own, for shellcheck:
// run_blocks.mjs FOLDER FILE... Prints what must not be: an expression in a
// script, a job without a time limit or permissions, an action that is not
// pinned. Ends with 1 when there is any, or when nothing was found.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

const [folder, ...paths] = process.argv.slice(2);
const scripts = new Set();
const findings = [];

function lookAtStep(where, step) {
    if (step.uses !== undefined && !/@[0-9a-f]{40}$/.test(step.uses))
        findings.push(`${where}: ${step.uses} is not pinned`);
    if (step.run === undefined)
        return;
    if (step.run.includes("${{"))
        findings.push(`${where}: an expression in a script`);
    scripts.add(step.run);
}

function lookAtJob(where, job) {
    if (!Number.isInteger(job["timeout-minutes"]))
        findings.push(`${where}: no time limit`);
    if (job.permissions === undefined)
        findings.push(`${where}: no permissions`);
    const reachesAzure =
        job.steps.some((step) => step.uses?.startsWith("azure/login@"));
    if (reachesAzure && job.permissions["id-token"] !== "write")
        findings.push(`${where}: signs in without a token`);
    if (reachesAzure && job.environment?.name === undefined)
        findings.push(`${where}: reaches Azure without an environment`);
    job.steps.forEach((step) => lookAtStep(where, step));
}

for (const path of paths) {
    const workflow = parse(readFileSync(path, "utf8"));
    if (Object.keys(workflow.permissions).length !== 0)
        findings.push(`${path}: permissions for every job`);
    for (const [id, job] of Object.entries(workflow.jobs))
        lookAtJob(`${path}: ${id}`, job);
}

[...scripts].forEach((script, index) =>
    writeFileSync(join(folder, `${String(index).padStart(3, "0")}.sh`), script));
findings.forEach((finding) => console.error(finding));
if (scripts.size === 0)
    console.error("no script was found");
process.exit(findings.length === 0 && scripts.size > 0 ? 0 : 1);
