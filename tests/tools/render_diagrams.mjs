// Draws every Mermaid diagram of Markdown files in Chromium, as a hosting
// service does: render_diagrams.mjs FOLDER FILE... Writes page.html and
// page.png into FOLDER. A diagram must come out as a picture whose labels are
// those that its source gives, and nothing in it may run or load anything.
// Ends with 1 when one does not, or when there was none.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { photograph, runPage } from "./chromium.mjs";

const [folder, ...paths] = process.argv.slice(2);
const findings = [];
const mermaid = resolve(import.meta.dirname ?? ".",
    "node_modules/mermaid/dist/mermaid.min.js");

function diagramsOf(path) {
    return [...readFileSync(path, "utf8")
        .matchAll(/^(`{3,})mermaid\n([^]*?)^\1$/gm)]
        .map(([, , source]) => ({ path, source }));
}

// What stands between quotes, without the tags that Mermaid knows, and then
// with its entities read.
function labelsOf(source) {
    return [...source.matchAll(/"([^"]*)"/g)].map(([, label]) =>
        label.replace(/<\/?b>|<br\/>/g, "").replace(/#(\d+);/g, (all, code) =>
            String.fromCodePoint(Number(code))));
}

// Runs in the page.
async function draw(sources) {
    const found = [];
    window.hits = 0;
    mermaid.initialize({ startOnLoad: false, securityLevel: "strict" });
    for (const [index, source] of sources.entries()) {
        try {
            const { svg } = await mermaid.render(`d${index}`, source);
            const place = document.createElement("div");
            place.innerHTML = svg;
            document.body.append(place);
            found.push({
                labels: [...place.querySelectorAll(".nodeLabel, .edgeLabel p")]
                    .map((label) => label.textContent.trim()),
                strange: [...place.querySelectorAll(
                    "script, a, img, iframe, object, embed, link")].length,
            });
        } catch (error) {
            found.push({ error: String(error) });
        }
    }
    return { found, hits: window.hits };
}

const asText = (label) => label.replace(/\s+/g, " ").trim();

function compare({ path, source }, drawn) {
    if (drawn.error !== undefined) {
        findings.push(`${path}: ${drawn.error}\n${source}`);
        return;
    }
    const shown = drawn.labels.map(asText);
    for (const label of labelsOf(source).map(asText))
        if (!shown.includes(label))
            findings.push(`${path}: the label "${label}" is not drawn: ${shown}`);
    if (drawn.strange > 0)
        findings.push(`${path}: a picture that loads or runs something`);
}

const diagrams = paths.flatMap(diagramsOf);
const sources = diagrams.map(({ source }) => source);
const { found, hits } = runPage(folder, {
    head: "<style>body { font-family: sans-serif; background: white }</style>",
    body: `<script src="file://${mermaid}"></script>`,
    run: draw, argument: sources,
});
diagrams.forEach((diagram, index) => compare(diagram, found[index]));
if (hits !== 0)
    findings.push("a label ran as a script");
photograph(folder);
findings.forEach((finding) => console.error(finding));
console.log(`${diagrams.length} diagrams`);
process.exit(findings.length === 0 && diagrams.length > 0 ? 0 : 1);
