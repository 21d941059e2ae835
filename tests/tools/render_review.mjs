// Reads what `broxc diff` says for a pull request as the hosting service shows
// it, in Chromium, and holds it against what it says for machines:
// `render_review.mjs FOLDER NAME…`, of files NAME.md and NAME.json. A heading is a
// group, a row of a table a change, an item of the list a file; text of the
// program is text, and nothing in it is an element. Ends with 1 when something is
// not so.
import { readFileSync } from "node:fs";
import markdownIt from "markdown-it";
import { photograph, runPages } from "./chromium.mjs";

const [folder, ...names] = process.argv.slice(2);
const findings = [];
const style = `<style>
body { font: 14px/1.5 sans-serif; width: 900px; margin: 20px; background: white }
table { border-collapse: collapse }
td, th { border: 1px solid #d0d7de; padding: 6px 13px; text-align: left }
code { background: #eff1f3; padding: 2px 5px; border-radius: 6px }
</style>`;

// Runs in the page.
function look() {
    const all = (selector, root = document) => [...root.querySelectorAll(selector)];
    const text = (element) => element.textContent.replace(/\s+/g, " ").trim();
    const known = "h3 h4 p table thead tbody tr th td code strong br details " +
        "summary ul li";
    return {
        title: all("h3").map(text),
        groups: all("h4").map(text),
        tables: all("table").map((table) => ({
            head: all("th", table).map(text),
            rows: all("tbody tr", table).map((row) => all("td", row).map(text)),
        })),
        risks: all("td strong").map(text),
        summary: all("details > summary").map(text),
        files: all("details li").map(text),
        closed: all("details").every((element) => !element.open),
        strange: all("body *").map((element) => element.localName)
            .filter((name) => !known.split(" ").includes(name) &&
                name !== "script"),
        hits: window.hits ?? 0,
    };
}

function expectEqual(what, expected, found) {
    const [left, right] = [expected, found].map((value) => JSON.stringify(value));
    if (left !== right)
        findings.push(`${what}: expected ${left}, found ${right}`);
}

function pageOf(name) {
    return {
        head: style,
        body: markdownIt({ html: true }).render(readFileSync(`${name}.md`, "utf8")),
        run: look,
    };
}

// Characters that control, or turn the direction, are shown as one that says so.
const plain = (text) => text
    .replace(/[\u0000-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "\ufffd")
    .replace(/\s+/g, " ").trim();

function groupOf(change) {
    if (!change.written)
        return "in no file";
    return change.everywhere ? "every environment"
        : change.environment ?? "the project";
}

function objectOf(change) {
    const object = change.object ?? (change.field === null ? "environment" : "");
    return change.written || change.environment === null ? object
        : `${change.environment} ${object}`.trim();
}

function changeOf({ action, before, after, note }) {
    const word = { add: "added ", remove: "removed ", change: "" }[action];
    const arrow = action === "change" ? " → " : "";
    return plain(`${word}${before ?? ""}${arrow}${after ?? ""}`) +
        plain(note ?? "");
}

function compare({ changes, files }, seen) {
    const groups = [...new Set(changes.map(groupOf))];
    expectEqual("title", ["What changes"], seen.title);
    expectEqual("groups", groups, seen.groups);
    expectEqual("strange elements", [], seen.strange);
    expectEqual("scripts that ran", 0, seen.hits);
    for (const [index, table] of seen.tables.entries()) {
        const told = changes.filter((change) => groupOf(change) === groups[index]);
        expectEqual(`heads of ${groups[index]}`,
            ["object", "fact", "change", "risk"], table.head);
        expectEqual(`rows of ${groups[index]}`, told.map((change) =>
            [plain(objectOf(change)), plain(change.field ?? ""), changeOf(change),
                change.risks.join(", ")]), table.rows);
    }
    expectEqual("tables", groups.length, seen.tables.length);
    expectEqual("risks", changes.flatMap((change) => change.risks), seen.risks);
    expectEqual("files", files.map(({ action, path }) =>
        `${{ add: "added", remove: "removed", change: "changed" }[action]} ${path}`),
        seen.files);
    if (files.length > 0)
        expectEqual("a list that is closed",
            [`${files.length} file${files.length === 1 ? "" : "s"}`], seen.summary);
    expectEqual("nothing is open", true, seen.closed);
}

const pages = runPages(folder, names.map(pageOf));
photograph(folder);
for (const [index, name] of names.entries()) {
    const data = JSON.parse(readFileSync(`${name}.json`, "utf8"));
    const before = findings.length;
    compare(data, pages[index]);
    for (let i = before; i < findings.length; i++)
        findings[i] = `${name}: ${findings[i]}`;
    console.log(`${name}: ${data.changes.length} changes, ${data.files.length} files`);
}
findings.forEach((finding) => console.error(finding));
process.exit(names.length > 0 && findings.length === 0 ? 0 : 1);
