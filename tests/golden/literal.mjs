// Each message says the way out, and shows two places that disagree; a fault
// that the list marks `alone` has only one.
//
//     literal.mjs FAULTS MESSAGES
import { readFileSync } from "node:fs";

const [faults, messages] = process.argv.slice(2);
const { diagnostics } = JSON.parse(readFileSync(messages, "utf8"));
const alone = new Set(readFileSync(faults, "utf8").split("\n")
    .map((line) => line.split(" ")).filter((words) => words[2] === "alone:")
    .map((words) => words[1]));

let failed = 0;
function fail(text) {
    console.log(text);
    failed = 1;
}

for (const { code, file, line, notes, helps } of diagnostics) {
    if (helps.length === 0)
        fail(`${file}:${line}: ${code} says no way out`);
    if (!alone.has(code) && !notes.some((note) => note.file !== undefined))
        fail(`${file}:${line}: ${code} shows no second place`);
}
process.exit(failed);
