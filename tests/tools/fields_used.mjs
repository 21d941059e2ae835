// docs/kubernetes-fields.md against every tree of testdata: what a word or
// broxc itself is said to set stands in one of them, and what only a patch
// reaches in none.
//
//     node tests/tools/fields_used.mjs
import { readFileSync, readdirSync } from "node:fs";
import { loadAll } from "js-yaml";

const table = readFileSync("compiler/ir/kubernetes.def", "utf8");
const page = readFileSync("docs/kubernetes-fields.md", "utf8");

// Said of a shape that stands in two places, of which one is meant.
const elsewhere = new Set([
    "PodSecurityContext.runAsGroup", // on each container
    "PodSecurityContext.runAsUser",
    "SecurityContext.runAsNonRoot", // of the pod
    "SecurityContext.seccompProfile",
    "Volume.downwardAPI", // in a projected volume
]);

const kinds = new Map([...table.matchAll(
    /^KIND\("([^"]*)", "([^"]*)", "([^"]+)"/gm)]
    .map(([, version, kind, shape]) => [`${version} ${kind}`, shape]));

const shapes = new Map([...table.matchAll(
    /^SHAPE\("([^"]*)",((?:\s*"[^"]*")+)\)/gm)].map(([, name, texts]) => [
    name,
    new Map([...texts.matchAll(/"([^"]*)"/g)].map(([, text]) => text).join("")
        .split(", ").filter((field) => field.includes(":")).map((field) => {
            const [, key, type] = field.match(/^\s*([^:!]*)!?:(.*)$/);
            return [key, type];
        })),
]));

const rows = new Map();
for (const section of page.split(/^## /m)) {
    const shape = section.match(/\(`([^`]*)`\)\n/)?.[1];
    for (const [, field, how] of section.matchAll(
        /^\| `([^`]*)` \| (word|always|patch|never) \|/gm))
        rows.set(`${shape}.${field}`, how);
}

const used = new Set();

function walk(type, data) {
    if (Array.isArray(data)) {
        const items = type.replace(/^\[(.*?)(@.*)?\]$/, "$1");
        data.forEach((item) => walk(items, item));
    } else if (data && typeof data === "object") {
        const inner = type.match(/^\{(.*)\}$/)?.[1];
        for (const [key, value] of Object.entries(data)) {
            const field = inner ?? shapes.get(type)?.get(key);
            if (field === undefined)
                continue;
            used.add(`${type}.${key}`);
            walk(field, value);
        }
    }
}

// What users wrote by hand proves nothing about words.
const trees = ["testdata/emit", "testdata/examples"].flatMap((folder) =>
    readdirSync(folder, { recursive: true }).map(String)
        .filter((path) => path.endsWith(".yaml") &&
            path.includes("kubernetes/") && !path.startsWith("patches/") &&
            !/\/(patches|manifests)\//.test(path))
        .map((path) => `${folder}/${path}`));
for (const path of trees)
    for (const object of loadAll(readFileSync(path, "utf8")))
        if (kinds.has(`${object?.apiVersion} ${object?.kind}`))
            walk(kinds.get(`${object.apiVersion} ${object.kind}`), object);

const faults = [];
for (const [field, how] of rows) {
    const isMade = how === "word" || how === "always";
    if (!isMade && used.has(field))
        faults.push(`${field} is made, and the page says ${how}`);
    if (isMade && used.has(field) === elsewhere.has(field))
        faults.push(`${field} is in ${used.has(field) ? "a" : "no"} tree`);
}
if (trees.length < 100 || rows.size < 200)
    faults.push(`only ${trees.length} files and ${rows.size} rows were found`);
faults.forEach((fault) => console.error(fault));
process.exit(faults.length > 0 ? 1 : 0);
