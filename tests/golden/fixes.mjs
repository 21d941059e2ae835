// The fixes in messages of the format `json`, as an editor would take them.
//
//     fixes.mjs list MESSAGES              INDEX CODE of each that has a fix
//     fixes.mjs apply MESSAGES INDEX FOLDER
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [what, messages, index, folder] = process.argv.slice(2);
const { diagnostics } = JSON.parse(readFileSync(messages, "utf8"));

function list() {
    diagnostics.forEach(({ code, fixes }, i) => {
        if (fixes.length > 0)
            console.log(i, code);
    });
}

// From the last byte to the first, so that places stay right.
function apply({ fixes }) {
    const ordered = [...fixes].sort((a, b) => b.start - a.start);
    for (const { file, start, end, text } of ordered) {
        const path = join(folder, file);
        const bytes = readFileSync(path);
        writeFileSync(path, Buffer.concat([
            bytes.subarray(0, start), Buffer.from(text), bytes.subarray(end)]));
    }
}

if (what === "list")
    list();
else
    apply(diagnostics[Number(index)]);
