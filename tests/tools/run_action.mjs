// Runs a composite action on this machine, step by step, as the runner would:
// `run_action.mjs FILE`, in a checkout. What a runner knows comes as JSON in
// RUN_CONTEXT: github, inputs, runner, and `uses`, the outputs of each action
// that it uses. Those are only named, with what they are given. Prints a line
// for each step, what it said, and the outputs at the end; ends with 1 when a
// step fails.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parse } from "yaml";
import { evaluate, expandAll, readOutputs } from "./runner.mjs";

const path = resolve(process.argv[2]);
const action = parse(readFileSync(path, "utf8"));
const context = JSON.parse(process.env.RUN_CONTEXT);
const temp = process.env.RUNNER_TEMP;

function defaultInputs() {
    return expandAll(Object.fromEntries(Object.entries(action.inputs)
        .map(([name, input]) => [name, input.default ?? ""])), context);
}

function use(step, scope) {
    const name = step.uses.split("@")[0];
    console.log(`- ${name} ${JSON.stringify(expandAll(step.with, scope))}`);
    return { isWell: true, outputs: context.uses?.[name] ?? {} };
}

function run(step, scope) {
    const files = ["GITHUB_OUTPUT", "GITHUB_ENV"];
    const places = Object.fromEntries(
        files.map((name) => [name, join(temp, name)]));
    Object.values(places).forEach((place) => writeFileSync(place, ""));
    console.log(`- ${step.name}`);
    const ran = spawnSync(step.shell, ["--noprofile", "--norc", "-eo",
        "pipefail", "-c", step.run], {
        env: { ...process.env, RUN_CONTEXT: "", ...places,
            ...expandAll(step.env, scope), GITHUB_ACTIONS: "true",
            GITHUB_ACTION_PATH: dirname(path) },
        encoding: "utf8",
    });
    process.stdout.write(ran.stdout + ran.stderr);
    return { isWell: ran.status === 0, outputs: readOutputs(places.GITHUB_OUTPUT) };
}

const scope = { ...context, steps: {},
    inputs: { ...defaultInputs(), ...context.inputs } };
let isWell = true;
for (const step of action.runs.steps) {
    if (step.if !== undefined && !evaluate(step.if, scope))
        continue;
    const done = step.uses !== undefined ? use(step, scope) : run(step, scope);
    isWell = done.isWell;
    if (step.id !== undefined)
        scope.steps[step.id] = { outputs: done.outputs };
    if (!isWell)
        break;
}
const outputs = expandAll(Object.fromEntries(Object.entries(action.outputs)
    .map(([name, output]) => [name, output.value])), scope);
Object.entries(outputs).forEach(([name, value]) =>
    console.log(`${name}=${value}`));
process.exit(isWell ? 0 : 1);
