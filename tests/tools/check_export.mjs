// Holds what `broxc export --json` writes against the published schema, and the
// schema against data that are wrong.
//
//     check_export.mjs SCHEMA EXPORT...
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const Ajv = require("ajv");
const [schema, ...files] = process.argv.slice(2);
const validate = new Ajv({ allErrors: true })
    .compile(JSON.parse(readFileSync(schema, "utf8")));

let failed = files.length === 0;
for (const file of files) {
    const data = JSON.parse(readFileSync(file, "utf8"));
    if (!validate(data)) {
        console.log(file, validate.errors);
        failed = true;
    }
    for (const member of Object.keys(data)) {
        const { [member]: removed, ...rest } = data;
        if (removed === undefined || validate(rest)) {
            console.log(`${file}: the schema does without ${member}`);
            failed = true;
        }
    }
}
process.exit(failed ? 1 : 0);
