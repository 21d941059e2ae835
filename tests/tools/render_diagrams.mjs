// Draws every Mermaid diagram of Markdown files in Chromium, as a hosting
// service does: render_diagrams.mjs FOLDER FILE... Writes page.html and
// page.png into FOLDER. A diagram must come out as a picture whose labels are
// those that its source gives, and nothing in it may run or load anything.
// Ends with 1 when one does not, or when there was none.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const [folder, ...paths] = process.argv.slice(2);
const findings = [];
const mermaid = resolve(import.meta.dirname ?? ".",
    "node_modules/mermaid/dist/mermaid.min.js");

function diagramsOf(path) {
    return [...readFileSync(path, "utf8")
        .matchAll(/^(`{3,})mermaid\n([^]*?)^\1$/gm)]
        .map(([, , source]) => ({ path, source }));
}

// What stands between quotes, with its entities read.
function labelsOf(source) {
    return [...source.matchAll(/"([^"]*)"/g)].map(([, label]) =>
        label.replace(/#(\d+);/g, (all, code) =>
            String.fromCodePoint(Number(code))));
}

// Runs in the page. What it found is its title.
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
    const result = document.createElement("pre");
    result.id = "result";
    result.textContent = JSON.stringify({ found, hits: window.hits });
    result.style.display = "none";
    document.body.append(result);
}

function chromium(...options) {
    const ran = spawnSync("chromium", ["--headless", "--no-sandbox",
        "--disable-gpu", "--allow-file-access-from-files",
        "--force-color-profile=srgb", "--virtual-time-budget=60000",
        `--user-data-dir=${join(folder, "profile")}`, ...options,
        `file://${resolve(folder, "page.html")}`],
        { encoding: "utf8", maxBuffer: 1 << 28 });
    if (ran.status !== 0)
        throw new Error(`chromium: ${ran.error ?? ran.stderr}`);
    return ran.stdout;
}

function resultOf(page) {
    const text = page.match(/<pre id="result"[^>]*>([^]*?)<\/pre>/)?.[1];
    if (text === undefined)
        throw new Error("the page did not come to its end");
    return JSON.parse(text.replaceAll("&lt;", "<").replaceAll("&gt;", ">")
        .replaceAll("&nbsp;", "\u00a0").replaceAll("&amp;", "&"));
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
writeFileSync(join(folder, "page.html"), `<!DOCTYPE html><meta charset="utf-8">
<style>body { font-family: sans-serif; background: white }</style>
<body><script src="file://${mermaid}"></script><script>
(${draw})(${JSON.stringify(diagrams.map(({ source }) => source))
        .replaceAll("<", "\\u003c")});
</script>`);
const { found, hits } = resultOf(chromium("--dump-dom"));
diagrams.forEach((diagram, index) => compare(diagram, found[index]));
if (hits !== 0)
    findings.push("a label ran as a script");
if (process.env.PICTURE !== undefined)
    chromium(`--screenshot=${resolve(process.env.PICTURE)}`,
        `--window-size=${process.env.PICTURE_SIZE ?? "1200,4000"}`);
findings.forEach((finding) => console.error(finding));
console.log(`${diagrams.length} diagrams`);
process.exit(findings.length === 0 && diagrams.length > 0 ? 0 : 1);
