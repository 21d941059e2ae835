// Runs a workflow on this machine, job by job and step by step, as the runner
// would: `run_jobs.mjs FILE`, in a checkout. What a runner knows comes as JSON
// in RUN_CONTEXT: github, vars, secrets, inputs. Actions are only named, but
// artifacts go from job to job. Prints a line for each step, and what a failing
// one said; ends with 1 then.
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { evaluate, expandAll, readOutputs } from "./runner.mjs";

const workflow = parse(readFileSync(process.argv[2], "utf8"));
const context = JSON.parse(process.env.RUN_CONTEXT);
const results = {};
let failed = false;

function readVariables(path) {
    return Object.fromEntries(readFileSync(path, "utf8").split("\n")
        .filter((line) => line.includes("="))
        .map((line) => line.split(/=(.*)/s).slice(0, 2)));
}

function runStep(step, env, temp) {
    const files = ["GITHUB_OUTPUT", "GITHUB_ENV", "GITHUB_STEP_SUMMARY"];
    const places = Object.fromEntries(
        files.map((name) => [name, join(temp, name)]));
    Object.values(places).forEach((path) => writeFileSync(path, ""));
    const ran = spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail",
        "-c", step.run], {
        env: { ...process.env, RUN_CONTEXT: "", ...env, ...places,
            RUNNER_TEMP: temp, GITHUB_ACTIONS: "true" },
        encoding: "utf8",
    });
    if (ran.status !== 0)
        console.log(ran.stdout + ran.stderr);
    return { isWell: ran.status === 0, outputs: readOutputs(places.GITHUB_OUTPUT),
        variables: readVariables(places.GITHUB_ENV) };
}

// What an action does to files and outputs; false when it would fail.
function useAction(name, step, scope) {
    const { path, name: artifact } = expandAll(step.with, scope);
    const kept = join(process.env.FAKE, "artifacts", artifact ?? "");
    const [from, to] = name === "actions/upload-artifact" ? [path, kept]
        : name === "actions/download-artifact" ? [kept, path] : [];
    if (from === undefined)
        return true;
    if (from === "")
        return false;
    cpSync(from, to, { recursive: true });
    if (step.id !== undefined)
        scope.steps[step.id] = { outputs: { "artifact-id": artifact } };
    return true;
}

function runJob(id, job) {
    const needs = Object.fromEntries([job.needs ?? []].flat()
        .map((need) => [need, results[need]]));
    const scope = { ...context, needs, steps: {}, runner: {} };
    const isWanted = job.if !== undefined
        ? evaluate(job.if.replace(/^\$\{\{|\}\}$/g, ""), scope)
        : Object.values(needs).every((need) => need.result === "success");
    if (!isWanted)
        return { result: "skipped", outputs: {} };
    const temp = mkdtempSync(join(process.env.FAKE, "temp", `${id}-`));
    scope.runner.temp = temp;
    let env = { ...expandAll(workflow.env, scope), ...expandAll(job.env, scope) };
    for (const step of job.steps) {
        if (step.uses !== undefined) {
            const action = step.uses.split("@")[0];
            console.log(`${id}: ${action}`);
            if (!useAction(action, step, scope) && !step["continue-on-error"])
                return { result: "failure", outputs: expandAll(job.outputs, scope) };
            continue;
        }
        console.log(`${id}: ${step.run.split("/").at(-1)}`);
        const { isWell, outputs, variables } =
            runStep(step, { ...env, ...expandAll(step.env, scope) }, temp);
        env = { ...env, ...variables };
        if (step.id !== undefined)
            scope.steps[step.id] =
                { outputs, outcome: isWell ? "success" : "failure" };
        if (!isWell && !step["continue-on-error"])
            return { result: "failure", outputs: expandAll(job.outputs, scope) };
    }
    return { result: "success", outputs: expandAll(job.outputs, scope) };
}

// Jobs stand in an order in which each comes behind what it needs.
for (const [id, job] of Object.entries(workflow.jobs)) {
    results[id] = runJob(id, job);
    if (results[id].result === "skipped")
        console.log(`${id}: skipped`);
    failed = failed || results[id].result === "failure";
}
process.exit(failed ? 1 : 0);
