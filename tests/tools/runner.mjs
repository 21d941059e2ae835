// What a runner does with a text of a workflow or an action: expressions, and
// the file in which a step writes its outputs.
import { readFileSync } from "node:fs";

function lookUp(path, scope) {
    let found = scope;
    for (const part of path.split("."))
        found = found === undefined || found === null ? undefined : found[part];
    return found ?? "";
}

const words = /'((?:[^']|'')*)'|([A-Za-z_][\w.*-]*)|(\|\||&&|!=|==|!|\(|\)|,)/g;

// The little of the language that our workflows use. `scope` is what names
// stand for: github, inputs, steps …
export function evaluate(text, scope) {
    const call = {
        contains: (list, item) => list.includes(item),
        always: () => true,
        cancelled: () => false,
        toJSON: (value) => JSON.stringify(value),
    };
    const source = text.replace(words, (all, string, name, operator) => {
        if (string !== undefined)
            return JSON.stringify(string.replaceAll("''", "'"));
        if (operator !== undefined)
            return operator;
        if (Object.hasOwn(call, name))
            return `call.${name}`;
        return `get(${JSON.stringify(name)})`;
    });
    const get = (path) => path === "needs.*.result"
        ? Object.values(scope.needs).map((need) => need.result)
        : lookUp(path, scope);
    return Function("get", "call", `return ${source}`)(get, call);
}

export function expand(text, scope) {
    return String(text).replace(/\$\{\{(.*?)\}\}/g,
        (all, inner) => evaluate(inner, scope));
}

export function expandAll(map, scope) {
    return Object.fromEntries(Object.entries(map ?? {})
        .map(([key, value]) => [key, expand(value, scope)]));
}

// `NAME<<MARK`, the lines of the value, `MARK`.
export function readOutputs(path) {
    const outputs = {};
    const lines = readFileSync(path, "utf8").split("\n");
    for (let i = 0; i < lines.length; i++) {
        const [, name, mark] = lines[i].match(/^(\w+)<<(.*)$/) ?? [];
        if (name === undefined)
            continue;
        const value = [];
        while (lines[++i] !== mark)
            value.push(lines[i]);
        outputs[name] = value.join("\n");
    }
    return outputs;
}
