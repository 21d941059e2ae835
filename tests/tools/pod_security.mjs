// Holds every pod of YAML files against the pod security standard `restricted`,
// from its published rules (kubernetes.io, Pod Security Standards, as of 1.34:
// no probe and no hook names a host) and not from ours. Prints one line a
// finding, then the count of pods; ends with 1 when there is a finding, or no
// pod at all.
import { readFileSync } from "node:fs";
import { loadAll } from "js-yaml";

const VOLUMES = ["configMap", "csi", "downwardAPI", "emptyDir", "ephemeral",
    "persistentVolumeClaim", "projected", "secret"];
const SYSCTLS = ["kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range",
    "net.ipv4.ip_unprivileged_port_start", "net.ipv4.tcp_syncookies",
    "net.ipv4.ping_group_range", "net.ipv4.ip_local_reserved_ports",
    "net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_fin_timeout",
    "net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes",
    "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem"];
const SELINUX = ["", "container_t", "container_init_t", "container_kvm_t",
    "container_engine_t"];
const PROFILES = ["RuntimeDefault", "Localhost"];

const one = (value, allowed) => value === undefined || allowed.includes(value);

function podSpecs(object) {
    const template = object.kind === "CronJob"
        ? object.spec?.jobTemplate?.spec?.template : object.spec?.template;
    if (object.kind === "Pod")
        return [{ metadata: object.metadata, spec: object.spec }];
    return template?.spec?.containers ? [template] : [];
}

// Rules that a pod's context and a container's share.
function* contextFindings(context, where) {
    const linux = context.seLinuxOptions ?? {};
    if (!one(context.windowsOptions?.hostProcess, [false]))
        yield `${where}: HostProcess`;
    if (!one(linux.type, SELINUX) || linux.user || linux.role)
        yield `${where}: SELinux options`;
    if (!one(context.appArmorProfile?.type, PROFILES))
        yield `${where}: AppArmor profile`;
    if (!one(context.seccompProfile?.type, PROFILES))
        yield `${where}: seccomp profile`;
    if (context.runAsUser === 0)
        yield `${where}: runAsUser is 0`;
}

function* podFindings(spec) {
    const context = spec.securityContext ?? {};
    for (const field of ["hostNetwork", "hostPID", "hostIPC"])
        if (!one(spec[field], [false]))
            yield field;
    yield* contextFindings(context, "pod");
    for (const { name } of context.sysctls ?? [])
        if (!SYSCTLS.includes(name))
            yield `sysctl ${name}`;
    for (const volume of spec.volumes ?? [])
        for (const field of Object.keys(volume))
            if (field !== "name" && !VOLUMES.includes(field))
                yield `volume ${volume.name}: ${field}`;
}

function* hostFindings(container) {
    const asked = ["livenessProbe", "readinessProbe", "startupProbe"]
        .map((name) => [name, container[name]]);
    for (const name of ["postStart", "preStop"])
        asked.push([name, container.lifecycle?.[name]]);
    for (const [name, handler] of asked)
        if (handler?.httpGet?.host || handler?.tcpSocket?.host)
            yield `${name} names a host`;
}

function* containerFindings(container, pod) {
    const context = container.securityContext ?? {};
    const added = context.capabilities?.add ?? [];
    yield* contextFindings(context, "container");
    yield* hostFindings(container);
    if (!one(context.privileged, [false]))
        yield "privileged";
    if (!one(context.procMount, ["Default"]))
        yield "procMount";
    if (context.allowPrivilegeEscalation !== false)
        yield "allowPrivilegeEscalation is not false";
    if (!(context.runAsNonRoot ?? pod.runAsNonRoot ?? false))
        yield "runAsNonRoot is not true";
    if (context.runAsNonRoot === false)
        yield "runAsNonRoot is false";
    if (!(context.seccompProfile ?? pod.seccompProfile))
        yield "no seccomp profile";
    if (!(context.capabilities?.drop ?? []).includes("ALL"))
        yield "capabilities are not dropped";
    if (added.some((name) => name !== "NET_BIND_SERVICE"))
        yield `capabilities ${added}`;
    for (const port of container.ports ?? [])
        if (port.hostPort)
            yield `hostPort ${port.hostPort}`;
}

function* findings(template) {
    const { spec, metadata } = template;
    for (const [key, value] of Object.entries(metadata?.annotations ?? {}))
        if (key.startsWith("container.apparmor.security.beta.kubernetes.io/")
            && value !== "runtime/default" && !value.startsWith("localhost/"))
            yield key;
    yield* podFindings(spec);
    for (const list of ["containers", "initContainers", "ephemeralContainers"])
        for (const container of spec[list] ?? [])
            for (const text of containerFindings(
                container, spec.securityContext ?? {}))
                yield `${list}/${container.name}: ${text}`;
}

let pods = 0;
let found = 0;
for (const path of process.argv.slice(2))
    for (const object of loadAll(readFileSync(path, "utf8")))
        for (const template of object ? podSpecs(object) : []) {
            pods += 1;
            for (const text of findings(template)) {
                found += 1;
                console.log(
                    `${path}: ${object.kind}/${object.metadata.name}: ${text}`);
            }
        }
console.log(`${pods} pods, ${found} findings`);
process.exitCode = found > 0 || pods === 0 ? 1 : 0;
