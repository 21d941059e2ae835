// Counts what judge said of each mutant, by file and by what was flipped.
//
//     figures.mjs OUT EQUIVALENT SHARE
//
// A line of EQUIVALENT is `FILE FUNCTION | EXPRESSION | WAS BECOMES | why no
// program can tell`, and must be one that was not caught. Flips that were not
// judged, of a sample, do not count. Fails below SHARE percent.
import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

const [out, equivalentPath, shareLeast] = process.argv.slice(2);
const lines = (path) => readFileSync(path, "utf8").split("\n").filter(Boolean);
const mutants = lines(join(out, "mutants")).map((line) => {
    const [id, file, row, name, was, becomes, text] = line.split("\t");
    return { id, file: basename(file), row, name, was, becomes, text };
});
for (const line of lines(join(out, "verdicts"))) {
    const [id, verdict] = line.split(" ");
    if (mutants[id].verdict !== "caught")
        mutants[id].verdict = verdict === "unseen" &&
            mutants[id].verdict === "alive" ? "alive" : verdict;
}

const equivalent = new Map(lines(equivalentPath)
    .filter((line) => !line.startsWith("#"))
    .map((line) => [line.split(" | ").slice(0, 3).join(" | "), 0]));
const key = ({ file, name, text, was, becomes }) =>
    `${file} ${name} | ${text} | ${was} ${becomes}`.trim();

const isMutated = new Set(mutants.map(({ file }) => file));
const survivors = [];
const byFile = new Map();
const byKind = new Map();
function count(sums, name, what) {
    if (!sums.has(name))
        sums.set(name, { all: 0, caught: 0, equivalent: 0, alive: 0, unseen: 0 });
    sums.get(name).all++;
    sums.get(name)[what]++;
}

for (const mutant of mutants) {
    const { file, was, becomes, verdict } = mutant;
    let what = verdict;
    if (equivalent.has(key(mutant))) {
        equivalent.set(key(mutant), equivalent.get(key(mutant)) + 1);
        if (verdict === "caught")
            console.log(`${key(mutant)}: a test tells it from the code`);
        what = what === "caught" ? what : "equivalent";
    }
    if (verdict === undefined)
        continue;
    if (what === "alive" || what === "unseen")
        survivors.push(mutant);
    count(byFile, file, what);
    count(byKind, /^\d/.test(was) ? "number" : `${was} ${becomes}`, what);
}

const share = ({ all, caught, equivalent }) =>
    all === equivalent ? 100 : (100 * caught) / (all - equivalent);
const row = (name, sum) => [share(sum).toFixed(1).padStart(5), ...Object
    .values(sum).map((number) => String(number).padStart(6)), ` ${name}`]
    .join("");
const head = "share   all caught equal  alive unseen";
const total = mutants.reduce((sums, { file }) => sums, new Map());
for (const sum of byFile.values())
    for (const [what, number] of Object.entries(sum))
        total.set(what, (total.get(what) ?? 0) + number);
const whole = Object.fromEntries(total);
const figures = [head,
    ...[...byFile].sort((a, b) => share(a[1]) - share(b[1]))
        .map(([name, sum]) => row(name, sum)), "", head,
    ...[...byKind].map(([name, sum]) => row(name, sum)), "", head,
    row("all", whole)];
writeFileSync(join(out, "figures"), figures.join("\n") + "\n");
writeFileSync(join(out, "survivors"), survivors.map((mutant) =>
    `${mutant.file}:${mutant.row} ${mutant.name}: ${mutant.verdict} ` +
    `${mutant.was} ${mutant.becomes} | ${mutant.text}\n`).join(""));
console.log(figures.join("\n"));

let failed = share(whole) < Number(shareLeast);
for (const [name, number] of equivalent) {
    if (number === 0 && isMutated.has(name.split(" ")[0])) {
        console.log(`${name}: no such flip`);
        failed = true;
    }
}
process.exit(failed ? 1 : 0);
