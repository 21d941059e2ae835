// A page in a headless Chromium: what it finds when it runs, and its picture.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

function chromium(folder, ...options) {
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

// Runs in the page.
function leave(found) {
    const result = document.createElement("pre");
    result.id = "result";
    result.textContent = JSON.stringify(found);
    result.style.display = "none";
    document.body.append(result);
}

// Writes page.html into FOLDER, of HTML for its head and its body, and gives
// what `run(argument)` gives in it.
export function runPage(folder, { head, body, run, argument }) {
    const given = JSON.stringify(argument ?? null).replaceAll("<", "\\u003c");
    writeFileSync(join(folder, "page.html"), `<!DOCTYPE html><meta charset="utf-8">
${head}
<body>${body}<script>
Promise.resolve((${run})(${given})).then(${leave});
</script>`);
    return resultOf(chromium(folder, "--dump-dom"));
}

// The page that ran last as the file that PICTURE names, when it names one.
export function photograph(folder) {
    if (process.env.PICTURE !== undefined)
        chromium(folder, `--screenshot=${resolve(process.env.PICTURE)}`,
            `--window-size=${process.env.PICTURE_SIZE ?? "1200,4000"}`);
}
