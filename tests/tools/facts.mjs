// What YAML files say of the things that run, one fact a line and sorted:
// OBJECT <tab> FACT <tab> VALUE. How it is said does not count: a variable is
// one be it written out or in a ConfigMap, a user is one of the pod or of its
// container, a container is one whatever its name, and of an image the tag is
// left out, which is the pipeline's.
import { readFileSync } from "node:fs";
import { loadAll } from "js-yaml";

const objects = process.argv.slice(2).flatMap((path) =>
    loadAll(readFileSync(path, "utf8")).filter(Boolean));
const lines = [];

function add(object, fact, value) {
    if (value !== undefined && value !== null)
        lines.push([`${object.kind}/${object.metadata.name}`, fact,
            String(value)].join("\t"));
}

function configOf(name) {
    return objects.find(({ kind, metadata }) =>
        kind === "ConfigMap" && metadata.name === name)?.data ?? {};
}

function addVariables(object, container, what) {
    for (const { configMapRef } of container.envFrom ?? [])
        for (const [key, value] of Object.entries(
            configOf(configMapRef?.name)))
            add(object, `${what}.env.${key}`, value);
    for (const { name, value } of container.env ?? [])
        add(object, `${what}.env.${name}`, value);
}

// A number, or what the named port is.
const portOf = (container, port) =>
    (container.ports ?? []).find(({ name }) => name === port)?.containerPort
        ?? port;

function addProbe(object, container, name) {
    const probe = container[name];
    if (!probe)
        return;
    const [kind] = ["httpGet", "tcpSocket", "grpc", "exec"]
        .filter((key) => probe[key]);
    const asked = probe[kind];
    add(object, `${name}.asks`, [kind, portOf(container, asked.port),
        asked.path].filter(Boolean).join(" "));
    add(object, `${name}.every`, probe.periodSeconds ?? 10);
    add(object, `${name}.timeout`, probe.timeoutSeconds ?? 1);
    add(object, `${name}.failures`, probe.failureThreshold ?? 3);
    add(object, `${name}.waits`, probe.initialDelaySeconds);
    for (const { name: header, value } of asked.httpHeaders ?? [])
        add(object, `${name}.header`, `${header}: ${value}`);
}

function addContainer(object, container, what) {
    const image = container.image.replace(/@sha256:.*/, "");
    const context = container.securityContext ?? {};
    add(object, `${what}.image`, image.replace(/:[^/:]*$/, ""));
    addVariables(object, container, what);
    for (const { containerPort, protocol } of container.ports ?? [])
        add(object, `${what}.port`, `${containerPort} ${protocol ?? "TCP"}`);
    for (const list of ["requests", "limits"])
        for (const [name, size] of Object.entries(
            container.resources?.[list] ?? {}))
            add(object, `${what}.${list}.${name}`, size);
    for (const { mountPath, name } of container.volumeMounts ?? [])
        add(object, `${what}.mount`, `${name} ${mountPath}`);
    add(object, `${what}.allowPrivilegeEscalation`,
        context.allowPrivilegeEscalation);
    add(object, `${what}.readOnlyRootFilesystem`,
        context.readOnlyRootFilesystem);
    add(object, `${what}.drop`, context.capabilities?.drop);
}

function addDeployment(object) {
    const { metadata, spec } = object.spec.template;
    const [main] = spec.containers;
    add(object, "replicas", object.spec.replicas ?? 1);
    add(object, "account", spec.serviceAccountName);
    for (const field of ["runAsNonRoot", "runAsUser", "runAsGroup", "fsGroup"])
        add(object, field, main.securityContext?.[field]
            ?? spec.securityContext?.[field]);
    for (const [key, value] of Object.entries(metadata?.annotations ?? {}))
        add(object, `annotation.${key}`, value);
    add(object, "restart", spec.restartPolicy ?? "Always");
    add(object, "grace", spec.terminationGracePeriodSeconds ?? 30);
    addContainer(object, main, "main");
    for (const name of ["readinessProbe", "livenessProbe"])
        addProbe(object, main, name);
    for (const container of spec.initContainers ?? [])
        addContainer(object, container, `init.${container.name}`);
    for (const { name, ...kind } of spec.volumes ?? [])
        add(object, "volume", `${name} ${Object.keys(kind)}`);
}

function addService(object) {
    const name = object.metadata.name;
    const main = objects.find(({ kind, metadata }) =>
        kind === "Deployment" && metadata.name === name)
        ?.spec.template.spec.containers[0] ?? {};
    add(object, "type", object.spec.type ?? "ClusterIP");
    for (const { port, targetPort } of object.spec.ports)
        add(object, "port",
            `${port} -> ${portOf(main, targetPort ?? port)}`);
}

for (const object of objects) {
    if (object.kind === "Deployment")
        addDeployment(object);
    if (object.kind === "Service")
        addService(object);
    if (object.kind === "ServiceAccount")
        add(object, "is", "there");
}
console.log([...new Set(lines)].sort().join("\n"));
