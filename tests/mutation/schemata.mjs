// Copies of C files in which every comparison asks, as it runs, whether it is
// to be the other one: a build then holds all mutants, and a number in the
// environment chooses one (see switch.h). The places come from clang's tree.
//
//     schemata.mjs PROJECT OUT FILE...   FILEs below PROJECT
//
// OUT gets each file under its own name, and `mutants`: a line each, with tabs:
// NUMBER FILE LINE FUNCTION WAS BECOMES EXPRESSION
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

const flipped = {
    "<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "==",
    "&&": "||", "||": "&&",
};
const [project, out, ...files] = process.argv.slice(2);
const table = [];
const flags = ["-fsyntax-only", "-std=c17", "-D_POSIX_C_SOURCE=200809L",
    `-I${project}/include`, `-I${project}/compiler`, "-Xclang",
    "-ast-dump=json"];

// ---- places -----------------------------------------------------------------

// Where a token of the file stands; of a macro's, where the macro is used.
function place(text, position, isEnd) {
    const outer = position.expansionLoc;
    if (outer === undefined)
        return position.offset + (isEnd ? position.tokLen : 0);
    const isArgument = outer.isMacroArgExpansion &&
        position.spellingLoc?.includedFrom === undefined &&
        isHere(text, position.spellingLoc);
    const token = isArgument ? position.spellingLoc : outer;
    let at = token.offset + (isEnd ? token.tokLen : 0);
    if (isEnd && !isArgument && /^\s*\(/.test(text.slice(at)))
        at = afterBrackets(text, text.indexOf("(", at));
    return at;
}

// Does the token that clang found at that place stand there in this file?
function isHere(text, token) {
    return token?.file === undefined && text[token.offset - 1] !== undefined &&
        token.line === undefined | countLines(text, token.offset) === token.line;
}

function countLines(text, offset) {
    return text.slice(0, offset).split("\n").length;
}

function afterBrackets(text, at) {
    let depth = 0;
    do {
        depth += text[at] === "(" ? 1 : text[at] === ")" ? -1 : 0;
        at++;
    } while (depth > 0);
    return at;
}

function range(text, node) {
    return [place(text, node.range.begin, false),
        place(text, node.range.end, true)];
}

// ---- finding ----------------------------------------------------------------

function isBody(text, node) {
    const body = node.inner?.find(({ kind }) => kind === "CompoundStmt");
    const { offset, tokLen } = node.loc ?? {};
    return body && text.slice(offset, offset + tokLen) === node.name &&
        text[body.range.begin.offset] === "{" &&
        text[body.range.end.offset] === "}" && body;
}

function bare(node) {
    while (node.kind === "ImplicitCastExpr" || node.kind === "ParenExpr")
        node = node.inner[0];
    return node;
}

function site(text, node) {
    const [start, end] = range(text, node);
    if (node.kind === "UnaryOperator")
        return text[start] === "!" &&
            { start, end, was: "!", right: start + 1, sign: start };
    const [, left] = range(text, node.inner[0]);
    const [right] = range(text, node.inner[1]);
    const between = text.slice(left, right).trim();
    const number = bare(node.inner[1]);
    return between === node.opcode && {
        start, end, was: node.opcode, left, right,
        number: number.kind === "IntegerLiteral" ? number.value : undefined,
    };
}

function isSite(node) {
    return (node.kind === "BinaryOperator" && node.opcode in flipped) ||
        (node.kind === "UnaryOperator" && node.opcode === "!");
}

// A static table and a `case` want a constant; an assertion is no check.
function isSkipped(text, node) {
    return node.kind === "ConstantExpr" ||
        (node.kind === "VarDecl" && node.storageClass === "static") ||
        (node.range?.begin.expansionLoc !== undefined &&
            text.startsWith("assert(", node.range.begin.expansionLoc.offset));
}

function findSites(text, name, node, sites) {
    if (isSkipped(text, node))
        return;
    const found = isSite(node) && site(text, node);
    if (found && found.start < found.end)
        sites.set(`${found.start} ${found.end}`, { ...found, name });
    for (const inner of node.inner ?? [])
        findSites(text, name, inner, sites);
}

// ---- writing ----------------------------------------------------------------

function add(file, text, { start, end, name }, was, becomes) {
    table.push([table.length, file, countLines(text, start), name, was, becomes,
        text.slice(start, end).replace(/\s+/g, " ")].join("\t"));
    return table.length - 1;
}

// What opens before a site, what stands for its operator, and what closes it.
function pieces(file, text, found) {
    const { was, number } = found;
    if (was === "!")
        return ["", `MUTANT_NOT(${add(file, text, found, was, "")}, `, ")"];
    const first = add(file, text, found, was, flipped[was]);
    if (was === "&&" || was === "||")
        return [`MUTANT_${was === "&&" ? "AND" : "OR"}(${first}, `, ",", ")"];
    if (number === undefined)
        return [`MUTANT_COMPARE(${first}, ${was}, ${flipped[was]}, `, ",", ")"];
    const more = add(file, text, found, number, BigInt(number) + 1n);
    if (number === "0")
        return [`MUTANT_ZERO(${first}, ${was}, ${flipped[was]}, `, ",", ")"];
    add(file, text, found, number, BigInt(number) - 1n);
    return [`MUTANT_NUMBER(${first}, ${was}, ${flipped[was]}, `, ",", ")"];
}

function mutate(file, text, sites) {
    const edits = [];
    for (const found of sites) {
        const [open, middle, close] = pieces(file, text, found);
        const length = found.end - found.start;
        edits.push({ from: found.start, to: found.start, put: open,
            order: -length });
        edits.push(found.was === "!"
            ? { from: found.start, to: found.right, put: middle, order: -length }
            : { from: found.left, to: found.right, put: middle, order: 0 });
        edits.push({ from: found.end, to: found.end, put: close,
            order: length - 1e9 });
    }
    edits.sort((a, b) => a.from - b.from || a.order - b.order);
    let made = "";
    let at = 0;
    for (const { from, to, put } of edits) {
        made += text.slice(at, from) + put;
        // A line stays the line that it was.
        made += "\n".repeat(text.slice(from, to).split("\n").length - 1);
        at = to;
    }
    return `#include "switch.h"\n#line 1 "${file}"\n${made}${text.slice(at)}`;
}

for (const file of files) {
    const path = join(project, file);
    // clang counts bytes: a character is to be one.
    const text = readFileSync(path, "latin1");
    const tree = JSON.parse(execFileSync("clang", [...flags, path],
        { maxBuffer: 1 << 30, encoding: "utf8" }));
    const sites = new Map();
    for (const node of tree.inner) {
        const body = node.kind === "FunctionDecl" && isBody(text, node);
        if (body)
            findSites(text, node.name, body, sites);
    }
    const inOrder = [...sites.values()].sort((a, b) => a.start - b.start);
    writeFileSync(join(out, basename(file)), mutate(file, text, inOrder),
        "latin1");
}
writeFileSync(join(out, "mutants"), table.join("\n") + "\n", "latin1");
