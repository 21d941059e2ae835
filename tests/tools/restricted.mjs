// Holds every pod of YAML files against the pod security standard
// "restricted" (kubernetes.io, Pod Security Standards). Prints one line a
// finding, and how many pods the files of each folder have; ends with 1 when
// there is a finding, or a folder without a pod.
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { parseAllDocuments } = require("./node_modules/yaml");

const volumeKinds = new Set(["configMap", "csi", "downwardAPI", "emptyDir",
    "ephemeral", "persistentVolumeClaim", "projected", "secret"]);

function podSpec(object) {
    if (object.kind === "CronJob")
        return object.spec.jobTemplate.spec.template.spec;
    return object.spec?.template?.spec;
}

function containerFindings(container, pod) {
    const found = [];
    const security = container.securityContext ?? {};
    const say = (what) => found.push(`container ${container.name}: ${what}`);
    if (security.allowPrivilegeEscalation !== false)
        say("may gain privileges");
    if (security.privileged) say("is privileged");
    if (!(security.capabilities?.drop ?? []).includes("ALL"))
        say("keeps capabilities");
    if ((security.capabilities?.add ?? [])
        .some((name) => name !== "NET_BIND_SERVICE"))
        say("adds capabilities");
    if (!(security.runAsNonRoot ?? pod.runAsNonRoot)) say("may run as root");
    if ((security.runAsUser ?? pod.runAsUser) === 0) say("runs as root");
    if (!["RuntimeDefault", "Localhost"].includes(
        (security.seccompProfile ?? pod.seccompProfile)?.type))
        say("has no seccomp profile");
    if ((container.ports ?? []).some((port) => port.hostPort))
        say("takes a port of its node");
    return found;
}

function findings(spec) {
    const found = [];
    for (const key of ["hostNetwork", "hostPID", "hostIPC"])
        if (spec[key]) found.push(`has ${key}`);
    for (const volume of spec.volumes ?? []) {
        const kind = Object.keys(volume).find((key) => key !== "name");
        if (!volumeKinds.has(kind))
            found.push(`volume ${volume.name} is of the kind ${kind}`);
    }
    const containers = [...(spec.initContainers ?? []), ...spec.containers];
    const pod = spec.securityContext ?? {};
    return found.concat(
        containers.flatMap((container) => containerFindings(container, pod)));
}

const pods = new Map();
let count = 0;
for (const path of process.argv.slice(2)) {
    const folder = dirname(path);
    pods.set(folder, pods.get(folder) ?? 0);
    for (const document of parseAllDocuments(readFileSync(path, "utf8"))) {
        const object = document.toJS() ?? {};
        const spec = podSpec(object);
        if (!spec) continue;
        pods.set(folder, pods.get(folder) + 1);
        for (const finding of findings(spec)) {
            count++;
            console.log(`${path}: ${object.kind}/${object.metadata.name}: ${finding}`);
        }
    }
}
for (const [folder, number] of pods)
    console.log(`${folder}: ${number} pods`);
console.log(`${count} findings`);
process.exit(count > 0 || pods.size === 0 || [...pods.values()].includes(0) ? 1 : 0);
