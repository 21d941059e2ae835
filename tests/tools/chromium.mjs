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

// An HTML page of a head and a body, which gives what `run(argument)` gives in it
// to `then`.
function pageOf({ head, body, run, argument }, then) {
    const given = JSON.stringify(argument ?? null).replaceAll("<", "\\u003c");
    return `<!DOCTYPE html><meta charset="utf-8">
${head}
<body>${body}<script>
Promise.resolve((${run})(${given})).then(${then});
</script>`;
}

// Writes page.html into FOLDER and gives what its run gives.
export function runPage(folder, page) {
    writeFileSync(join(folder, "page.html"), pageOf(page, leave));
    return resultOf(chromium(folder, "--dump-dom"));
}

// Runs in a page that holds others: what each of them said, once all have.
function gather(count) {
    return new Promise((done) => setInterval(() => {
        if (Object.keys(window.said).length === count)
            done(window.said);
    }, 10));
}

// The same for many pages, each a document of its own, with one start of the
// browser.
export function runPages(folder, pages) {
    const frames = pages.map((page, number) => {
        const text = pageOf(page, `(found) => { parent.said[${number}] = found; }`);
        return `<iframe width="1000" height="1400" srcdoc="${
            text.replaceAll("&", "&amp;").replaceAll('"', "&quot;")}"></iframe>`;
    });
    return runPage(folder, {
        head: "<script>window.said = []</script>",
        body: frames.join("\n"),
        run: gather,
        argument: pages.length,
    });
}

// The page that ran last as the file that PICTURE names, when it names one.
export function photograph(folder) {
    if (process.env.PICTURE !== undefined)
        chromium(folder, `--screenshot=${resolve(process.env.PICTURE)}`,
            `--window-size=${process.env.PICTURE_SIZE ?? "1200,4000"}`);
}
