// Prints the documents of a YAML file as one list of Kubernetes objects.
import { readFileSync } from "node:fs";
import { parseAllDocuments } from "yaml";

const documents = parseAllDocuments(readFileSync(process.argv[2], "utf8"));
const items = documents.map((document) => document.toJS())
    .filter((object) => object !== null);
console.log(JSON.stringify({ kind: "List", items }));
