// Holds Markdown that broxc wrote against markdownlint, and follows its links:
// lint_guides.mjs FOLDER FILE... Each link must lead to a file or folder below
// FOLDER, the output's root, and each fragment to a heading of that file.
// Prints a line a finding and ends with 1 when there is any.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { lint } from "markdownlint/sync";

// Off: lines are as long as what the program says; a table's cell has no other
// way to break a line, and no other way to quote a `|`.
const config = {
    default: true,
    "line-length": false,
    "no-inline-html": { allowed_elements: ["br", "code"] },
    "no-bare-urls": false,
};

const [root, ...paths] = process.argv.slice(2);
const findings = [];

// As GitHub makes them of headings: small letters, blanks as dashes.
function anchorsOf(text) {
    return new Set([...withoutCode(text).matchAll(/^#+ (.*)$/gm)]
        .map(([, title]) => title.toLowerCase()
            .replace(/[^\p{L}\p{N} _-]/gu, "").replaceAll(" ", "-")));
}

function withoutCode(text) {
    return text.replace(/^(`{3,}).*\n[^]*?^\1$/gm, "`").replace(/(`+)[^`].*?\1/g, "`");
}

function followLink(path, target) {
    const [file, fragment] = target.split("#");
    const place = file === "" ? path : resolve(dirname(path), decodeURI(file));
    if (relative(root, place).startsWith(".."))
        findings.push(`${path}: ${target} leads out of the output`);
    else if (!existsSync(place))
        findings.push(`${path}: ${target} leads nowhere`);
    else if (fragment !== undefined &&
        !anchorsOf(readFileSync(place, "utf8")).has(fragment))
        findings.push(`${path}: no heading for ${target}`);
}

// Below a heading stands something, or a smaller heading.
function lookForText(path, text) {
    const lines = text.split("\n").filter((line) => line !== "");
    const depth = (line) => line?.match(/^(#+) /)?.[1].length ?? 0;
    lines.forEach((line, i) => {
        const next = lines[i + 1];
        if (depth(line) > 0 && (next === undefined ||
            (depth(next) > 0 && depth(next) <= depth(line))))
            findings.push(`${path}: nothing stands under "${line}"`);
    });
    if (!lines.some((line) => depth(line) === 2))
        findings.push(`${path}: no chapters`);
}

let links = 0;
for (const path of paths) {
    const text = readFileSync(path, "utf8");
    for (const [, target] of withoutCode(text).matchAll(/(?<!\\)\]\(([^)]*)\)/g)) {
        followLink(path, target);
        links++;
    }
    lookForText(path, withoutCode(text));
}
for (const [path, results] of Object.entries(lint({ files: paths, config })))
    for (const { lineNumber, ruleNames, ruleDescription, errorDetail } of results)
        findings.push(`${join(path)}:${lineNumber}: ${ruleNames[0]} ` +
            `${ruleDescription} ${errorDetail ?? ""}`);

findings.forEach((finding) => console.error(finding));
if (links === 0)
    console.error("no link was found");
process.exit(findings.length === 0 && links > 0 ? 0 : 1);
