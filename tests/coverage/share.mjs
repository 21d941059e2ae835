// The share of lines that ran, by room and by file.
//
//     share.mjs OUT SHARE
//
// OUT holds `counts`, what gcov prints of each object as JSON, a line each, and
// gets `files` and `missed`. Fails below SHARE percent.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [out, shareLeast] = process.argv.slice(2);
const rows = new Map(); // file -> line -> how often it ran

// A header's functions are counted in every object that has them.
function add({ file, lines }) {
    const name = /(?:^|\/)(compiler\/.*)$/.exec(file)?.[1];
    if (name === undefined)
        return;
    if (!rows.has(name))
        rows.set(name, new Map());
    const counts = rows.get(name);
    for (const { line_number: line, count } of lines)
        counts.set(line, (counts.get(line) ?? 0) + count);
}

for (const line of readFileSync(join(out, "counts"), "utf8").split("\n"))
    if (line.startsWith("{"))
        JSON.parse(line).files.forEach(add);

const sums = new Map();
const missed = [];
function count(name, all, reached) {
    const sum = sums.get(name) ?? { all: 0, reached: 0 };
    sums.set(name, { all: sum.all + all, reached: sum.reached + reached });
}
for (const [file, counts] of [...rows].sort()) {
    const reached = [...counts.values()].filter((times) => times > 0).length;
    for (const name of [file, file.split("/")[1], "all"])
        count(name, counts.size, reached);
    missed.push(...[...counts].filter(([, times]) => times === 0)
        .map(([line]) => `${file}:${line}`));
}

const share = ({ all, reached }) => (100 * reached) / all;
const row = ([name, sum]) => share(sum).toFixed(1).padStart(5) +
    String(sum.all).padStart(7) + String(sum.reached).padStart(8) + `  ${name}`;
const rising = (a, b) => share(a[1]) - share(b[1]);
const isFile = ([name]) => name.includes("/");
const rooms = [...sums].filter((entry) => !isFile(entry) && entry[0] !== "all");
const head = "share  lines reached";
writeFileSync(join(out, "files"),
    [head, ...[...sums].filter(isFile).sort(rising).map(row), ""].join("\n"));
writeFileSync(join(out, "missed"), missed.map((line) => `${line}\n`).join(""));
console.log([head, ...rooms.sort(rising).map(row), "",
    row(["all", sums.get("all")])].join("\n"));
process.exit(share(sums.get("all")) < Number(shareLeast) ? 1 : 0);
