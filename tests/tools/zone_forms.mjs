// Reads a zone that broxc has written for another tool, as that tool would,
// and prints it as a master file without its SOA. What the file says is left
// out comes as `; left out: NAME TYPE`.
//
//     zone_forms.mjs octodns|dnscontrol|route53 FILE ZONE TTL
import { readFileSync } from "node:fs";
import { createContext, runInContext } from "node:vm";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { parse } = require("./node_modules/yaml");
const [form, path, zone, defaultTtl] = process.argv.slice(2);
const text = readFileSync(path, "utf8");
const lines = [];

// A character-string of a master file (RFC 1035 5.1).
function quoted(string) {
    let out = "";
    for (const byte of Buffer.from(string)) {
        const char = String.fromCharCode(byte);
        if (byte < 32 || byte > 126) out += `\\${String(byte).padStart(3, "0")}`;
        else out += char === '"' || char === "\\" ? `\\${char}` : char;
    }
    return `"${out}"`;
}

function strings(string) {
    const bytes = Buffer.from(string);
    const parts = [];
    for (let at = 0; at < bytes.length || at === 0; at += 255)
        parts.push(quoted(bytes.subarray(at, at + 255).toString("latin1")));
    return parts.join(" ");
}

function absolute(name) {
    return name === "" || name === "@" ? `${zone}.` : `${name}.${zone}.`;
}

function add(name, ttl, type, fields) {
    lines.push([name, ttl, "IN", type, ...fields].join(" "));
}

// SvcParams: octodns has them as a map, with null for a key without a value.
function parameters(map = {}) {
    return Object.entries(map).map(([key, value]) => {
        if (value === null) return key;
        const list = Array.isArray(value) ? value.join(",") : value;
        return `${key}=${quoted(String(list))}`;
    });
}

const octodnsFields = {
    CAA: (v) => [v.flags, v.tag, quoted(v.value)],
    DS: (v) => [v.key_tag, v.algorithm, v.digest_type, v.digest],
    HTTPS: (v) => [v.svcpriority, v.targetname, ...parameters(v.svcparams)],
    LOC: (v) => [v.lat_degrees, v.lat_minutes, v.lat_seconds, v.lat_direction,
        v.long_degrees, v.long_minutes, v.long_seconds, v.long_direction,
        `${v.altitude}m`, `${v.size}m`, `${v.precision_horz}m`,
        `${v.precision_vert}m`],
    MX: (v) => [v.preference, v.exchange],
    NAPTR: (v) => [v.order, v.preference, quoted(v.flags), quoted(v.service),
        quoted(v.regexp), v.replacement],
    SRV: (v) => [v.priority, v.weight, v.port, v.target],
    SSHFP: (v) => [v.algorithm, v.fingerprint_type, v.fingerprint],
    TLSA: (v) => [v.certificate_usage, v.selector, v.matching_type,
        v.certificate_association_data],
    TXT: (v) => [strings(v.replaceAll("\\;", ";"))],
};
octodnsFields.SVCB = octodnsFields.HTTPS;

function readOctodns() {
    for (const [name, sets] of Object.entries(parse(text)))
        for (const set of sets)
            for (const value of set.values ?? [set.value])
                add(absolute(name), set.ttl, set.type,
                    (octodnsFields[set.type] ?? ((v) => [v]))(value));
}

// Which fields of a DNSControl call are texts of a record.
const quotedFields = { NAPTR: [2, 3, 4] };

function readDnscontrol() {
    const critical = { critical: true };
    const call = (type) => (name, ...rest) => {
        const ttl = rest.find((item) => item?.ttl)?.ttl;
        let fields = rest.filter((item) => item?.ttl === undefined);
        if (type === "CAA")
            fields = [fields.includes(critical) ? 128 : 0, fields[0], quoted(fields[1])];
        else if (type === "TXT")
            fields = [].concat(fields[0]).map((item) =>
                Array.isArray(fields[0]) ? quoted(item) : strings(item));
        else
            fields = fields.map((item, i) =>
                quotedFields[type]?.includes(i) ? quoted(item) : item);
        return () => add(absolute(name), ttl, type, fields);
    };
    const context = {
        CAA_CRITICAL: critical,
        DSP: "dsp",
        DnsProvider: () => () => {},
        END: () => {},
        NAMESERVER: (host) => () => add(`${zone}.`, defaultTtl, "NS", [host]),
        REG: "reg",
        TTL: (ttl) => ({ ttl }),
        D: (name, registrar, ...modifiers) => {
            if (name !== zone) throw new Error(`${name} is not ${zone}`);
            for (const modifier of modifiers) modifier();
        },
    };
    for (const type of ["A", "AAAA", "CAA", "CNAME", "DNAME", "DS", "HTTPS",
        "MX", "NAPTR", "NS", "PTR", "SMIMEA", "SRV", "SSHFP", "SVCB", "TLSA",
        "TXT"])
        context[type] = call(type);
    runInContext(text, createContext(context));
}

// Route 53 escapes bytes in octal.
function decimal(value) {
    return value.replace(/\\([0-7]{3})/g, (_, digits) =>
        `\\${String(parseInt(digits, 8)).padStart(3, "0")}`);
}

function readRoute53() {
    for (const { Action, ResourceRecordSet: set } of JSON.parse(text).Changes) {
        if (Action !== "UPSERT") throw new Error(Action);
        for (const { Value } of set.ResourceRecords)
            add(decimal(set.Name), set.TTL, set.Type, [decimal(Value)]);
    }
}

({ octodns: readOctodns, dnscontrol: readDnscontrol, route53: readRoute53 })[form]();
for (const [, left] of text.matchAll(/(?:#|\/\/) (left out: .*)/g))
    lines.push(`; ${left}`);
console.log(lines.join("\n"));
