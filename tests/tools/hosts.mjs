// Is a host the same everywhere? Reads a tree that `build --flat` wrote: what
// an environment's Ingresses and routes serve is in a zone, in a certificate,
// and nowhere is there a host of another environment. Prints how many hosts
// there are; ends with 1 and says what differs.
//
//     hosts.mjs TREE
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { parseAllDocuments } = require("./node_modules/yaml");
const tree = join(process.argv[2], "infrastructure");
const faults = [];

function files(folder, suffix) {
    const path = join(tree, folder);
    if (!existsSync(path)) return [];
    return readdirSync(path).filter((name) => name.endsWith(suffix))
        .map((name) => join(path, name));
}

// The names of each zone that lead to an address, and who may issue there.
const zones = files("dns", ".zone").map((path) => {
    const text = readFileSync(path, "utf8");
    const records = text.split("\n")
        .filter((line) => line && !/^[;$]/.test(line))
        .map((line) => line.trim().split(/\s+/));
    const of = (...types) => records.filter((record) => types.includes(record[3]));
    return {
        name: basename(path, ".zone"),
        names: new Set([
            ...of("A", "AAAA", "CNAME").map((record) => record[0].slice(0, -1)),
            ...[...text.matchAll(/^; waits for \S+ (\S+)\. A/gm)].map((match) => match[1]),
        ]),
        issuers: of("CAA").map((record) => record.slice(4).join(" ")),
    };
});

function zoneOf(host) {
    return zones.filter((zone) => host === zone.name || host.endsWith(`.${zone.name}`))
        .sort((a, b) => b.name.length - a.name.length)[0];
}

function isCovered(host, names) {
    return names.has(host) || names.has(host.replace(/^[^.]+/, "*"));
}

function texts(value) {
    if (typeof value === "string") return [value];
    return value && typeof value === "object" ? Object.values(value).flatMap(texts) : [];
}

function readEnvironment(path) {
    const objects = parseAllDocuments(readFileSync(path, "utf8"))
        .map((document) => document.toJS()).filter(Boolean);
    const of = (kind) => objects.filter((object) => object.kind === kind);
    return {
        name: basename(path, ".yaml"),
        served: new Set([
            ...of("Ingress").flatMap((o) => o.spec.rules.map((rule) => rule.host)),
            ...of("HTTPRoute").flatMap((o) => o.spec.hostnames ?? []),
        ].filter(Boolean)),
        encrypted: new Set(of("Ingress").flatMap((o) => o.spec.tls ?? [])
            .flatMap((tls) => tls.hosts)),
        certified: new Set(of("Certificate").flatMap((o) => o.spec.dnsNames)),
        config: of("ConfigMap").flatMap((o) => texts(o.data)),
        hasIngress: of("Ingress").length > 0,
    };
}

const environments = files("kubernetes/flat", ".yaml").map(readEnvironment);

function check(environment) {
    const { name, served, encrypted, certified } = environment;
    const expect = (is, what) => is || faults.push(`${name}: ${what}`);
    for (const host of served) {
        const zone = zoneOf(host);
        expect(zone?.names.has(host), `${host} has no record`);
        // Behind the Gateway of somebody else, TLS is theirs.
        expect(isCovered(host, certified) || (!environment.hasIngress && certified.size === 0),
            `${host} has no certificate`);
        expect(!environment.hasIngress || encrypted.has(host), `${host} is not encrypted`);
        expect(zone?.issuers.length === 0 || zone?.issuers.some((value) => /^0 issue "letsencrypt.org/.test(value)),
            `${host} cannot get its certificate`);
    }
    for (const host of certified)
        expect(host.startsWith("*.") || served.has(host), `${host} is certified, and not served`);
    for (const other of environments)
        for (const host of other === environment ? [] : other.served)
            expect(!environment.config.some((text) =>
                text.split(/[^-a-z0-9.]+/).includes(host)),
            `the config names ${host} of ${other.name}`);
}

// What is asked whether a release is well: `ENV BRX_URLS URL…` among the facts.
function checkUrls(path) {
    const facts = readFileSync(path, "utf8").matchAll(/^(\S+) BRX_URLS (.*)$/gm);
    for (const [, name, urls] of facts)
        for (const url of urls.split(/\s+/).filter(Boolean)) {
            const { served } = environments.find((one) => one.name === name);
            if (!served.has(new URL(url).hostname))
                faults.push(`${basename(path)}: ${url} is not served in ${name}`);
        }
}

environments.forEach(check);
files("scripts", ".sh").forEach(checkUrls);
if (faults.length > 0) {
    console.error(faults.join("\n"));
    process.exit(1);
}
console.log(environments.reduce((sum, one) => sum + one.served.size, 0));
