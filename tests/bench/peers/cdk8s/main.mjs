// The job of the benchmark for cdk8s, as one stream on standard output:
//
//     node main.mjs 1000
//
// ApiObject is its quickest way to an object: the classes of cdk8s-plus are
// several times as slow to load. What is left out is what main.jsonnet leaves
// out, to the advantage of cdk8s, and so is that the facts are made here
// instead of read from a program of 9,000 lines.
import {createRequire} from 'node:module';

// The tools are installed one folder up.
const require = createRequire(new URL('../', import.meta.url));
const {ApiObject, App, Chart, YamlOutputType} = require('cdk8s');

const services = Number(process.argv[2]);
// A certificate holds 100 names at most.
const stride = services > 1000 ? Math.floor((services + 99) / 100) : 10;

const small = {
    requests: {cpu: '100m', memory: '128Mi'},
    limits: {cpu: '250m', memory: '256Mi'},
};
const large = {
    requests: {cpu: '200m', memory: '256Mi'},
    limits: {cpu: '500m', memory: '512Mi'},
};
const environments = [
    {name: 'development', level: 'debug', hostEnd: '-dev1.example.com',
        colours: [undefined], replicas: 2, resources: small},
    {name: 'staging', level: 'debug', hostEnd: '-stage.example.com',
        colours: ['blue', 'green'], resources: small},
    {name: 'production', level: 'warn', hostEnd: '.example.com',
        colours: ['blue', 'green'], resources: large,
        scale: {minReplicas: 4, maxReplicas: 6}},
];

const projectLabels = {
    'app.kubernetes.io/part-of': 'bench',
    'app.kubernetes.io/managed-by': 'broxc',
};
const rbac = 'rbac.authorization.k8s.io';
const deployerRules = [
    ['', ['configmaps', 'services'], ['get', 'create', 'patch']],
    ['', ['serviceaccounts'], ['create', 'patch']],
    ['', ['pods'], ['get', 'list', 'watch']],
    ['', ['pods/portforward'], ['get', 'create']],
    ['', ['events'], ['list']],
    ['', ['namespaces', 'pods/log', 'services/proxy'], ['get']],
    ['apps', ['deployments'], ['get', 'list', 'watch', 'create', 'patch']],
    ['apps', ['deployments/scale'], ['get', 'patch']],
    ['apps', ['replicasets'], ['list']],
    ['apps', ['statefulsets'], ['create', 'patch']],
    ['autoscaling', ['horizontalpodautoscalers'], ['get', 'create', 'patch']],
    ['batch', ['cronjobs'], ['create', 'patch']],
    ['batch', ['jobs'], ['get', 'create']],
    ['policy', ['poddisruptionbudgets'], ['create', 'patch']],
    ['networking.k8s.io', ['ingresses', 'networkpolicies'],
        ['create', 'patch']],
    ['external-secrets.io', ['externalsecrets', 'secretstores'],
        ['create', 'patch']],
    ['cert-manager.io', ['certificates', 'issuers'], ['create', 'patch']],
].map(([group, resources, verbs]) => ({apiGroups: [group], resources, verbs}));

const settings = (environment, hasAllKeys) => {
    const data = {};
    for (let key = 1; key <= (hasAllKeys ? 10 : 2); key++)
        data[`KEY_${key}`] =
            key % 3 === 1 ? `${environment.name}: no. ${key}` :
                key % 3 === 2 ? environment.level : 'true';
    return data;
};

const probe = (path, periodSeconds) => ({
    httpGet: {path, port: 'http'},
    periodSeconds,
    timeoutSeconds: 1,
    failureThreshold: 3,
});

const spread = (topologyKey, matchLabels) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: {matchLabels},
    matchLabelKeys: ['pod-template-hash'],
});

const container = (name, resources) => ({
    name,
    image: `benchexample.azurecr.io/${name}:unreleased`,
    ports: [{name: 'http', containerPort: 3000, protocol: 'TCP'}],
    envFrom: [
        {configMapRef: {name: `${name}-config`}},
        {secretRef: {name: `${name}-secret`}},
    ],
    startupProbe: probe('/health/live', 20),
    readinessProbe: probe('/health/ready', 10),
    livenessProbe: probe('/health/live', 20),
    lifecycle: {preStop: {sleep: {seconds: 5}}},
    resources,
    securityContext: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: {drop: ['ALL']},
    },
    volumeMounts: [{name: 'tmp', mountPath: '/tmp'}],
});

const deploymentSpec = (name, environment, labels, selector) => ({
    replicas: environment.replicas,
    revisionHistoryLimit: 10,
    progressDeadlineSeconds: 600,
    strategy: {
        type: 'RollingUpdate',
        rollingUpdate: {maxUnavailable: 0, maxSurge: '25%'},
    },
    selector: {matchLabels: selector},
    template: {
        metadata: {
            labels,
            annotations: {
                'prometheus.io/scrape': 'true',
                'prometheus.io/port': '3000',
                'prometheus.io/path': '/metrics',
            },
        },
        spec: {
            serviceAccountName: name,
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            securityContext: {
                runAsNonRoot: true,
                seccompProfile: {type: 'RuntimeDefault'},
            },
            terminationGracePeriodSeconds: 30,
            topologySpreadConstraints: [
                spread('kubernetes.io/hostname', selector),
                spread('topology.kubernetes.io/zone', selector),
            ],
            containers: [container(name, environment.resources)],
            volumes: [{name: 'tmp', emptyDir: {}}],
        },
    },
});

const policy = (type, value) => ({type, value, periodSeconds: 15});

const scalerSpec = (name, scale) => ({
    scaleTargetRef: {apiVersion: 'apps/v1', kind: 'Deployment', name},
    ...scale,
    metrics: [{
        type: 'Resource',
        resource: {
            name: 'cpu',
            target: {type: 'Utilization', averageUtilization: 70},
        },
    }],
    behavior: {
        scaleUp: {
            stabilizationWindowSeconds: 0,
            selectPolicy: 'Max',
            policies: [policy('Percent', 100), policy('Pods', 4)],
        },
        scaleDown: {
            stabilizationWindowSeconds: 300,
            policies: [policy('Percent', 100)],
        },
    },
});

const ingressSpec = (name, host) => ({
    ingressClassName: 'webapprouting.kubernetes.azure.com',
    tls: [{secretName: 'bench-tls', hosts: [host]}],
    rules: [{
        host,
        http: {
            paths: [{
                path: '/',
                pathType: 'Prefix',
                backend: {service: {name, port: {name: 'http'}}},
            }],
        },
    }],
});

const select = (name, colour) => ({
    'app.kubernetes.io/name': name,
    'app.kubernetes.io/instance': 'bench',
    ...(colour === undefined ? {} : {'broxc/colour': colour}),
});

class Environment extends Chart {
    constructor(app, environment) {
        const namespace = `bench-${environment.name}`;
        super(app, environment.name);
        this.namespaceName = namespace;
        this.addPlatform(environment, namespace);
        for (let s = 1; s <= services; s++)
            this.addService(environment, s);
    }

    add(apiVersion, kind, name, labels, rest) {
        const metadata = {name, namespace: this.namespaceName, labels};
        new ApiObject(this, `${kind}-${name}`,
            {apiVersion, kind, metadata, ...rest});
    }

    addPlatform(environment, namespace) {
        const labels = {...projectLabels,
            'broxc/applied-by': 'administrator'};
        const security = {};
        for (const mode of ['enforce', 'audit', 'warn']) {
            security[`pod-security.kubernetes.io/${mode}`] = 'restricted';
            security[`pod-security.kubernetes.io/${mode}-version`] = 'v1.33';
        }
        new ApiObject(this, 'Namespace', {
            apiVersion: 'v1',
            kind: 'Namespace',
            metadata: {
                name: namespace,
                labels: {
                    ...labels,
                    ...security,
                    'broxc/environment': environment.name,
                    'broxc/tier': environment.name,
                },
            },
        });
        this.add(`${rbac}/v1`, 'Role', 'deployer', labels,
            {rules: deployerRules});
        this.add(`${rbac}/v1`, 'RoleBinding', 'deployer', labels, {
            roleRef: {apiGroup: rbac, kind: 'Role', name: 'deployer'},
            subjects: [{
                apiGroup: rbac, kind: 'Group', name: `${namespace}-deployers`,
            }],
        });
    }

    addService(environment, s) {
        const name = `service-${String(s).padStart(5, '0')}`;
        const labels = {...projectLabels, ...select(name),
            'app.kubernetes.io/component': 'service'};
        this.add('v1', 'ConfigMap', `${name}-config`, labels,
            {data: settings(environment, s % 4 === 1)});
        this.add('v1', 'ServiceAccount', name, labels,
            {automountServiceAccountToken: false});
        this.addEntry(name, name, environment.colours[0], labels);
        if (environment.colours.length > 1)
            this.addEntry(`${name}-preview`, name, 'green', labels);
        if (s % stride === 1)
            this.add('networking.k8s.io/v1', 'Ingress', name, labels,
                {spec: ingressSpec(name, name + environment.hostEnd)});
        for (const colour of environment.colours)
            this.addWorkload(name, environment, colour);
    }

    addEntry(name, service, colour, labels) {
        this.add('v1', 'Service', name, labels, {
            spec: {
                type: 'ClusterIP',
                selector: select(service, colour),
                ports: [{
                    name: 'http', port: 3000, targetPort: 'http',
                    protocol: 'TCP',
                }],
            },
        });
    }

    // One Deployment, or one of the two of blue and green.
    addWorkload(service, environment, colour) {
        const selector = select(service, colour);
        const labels = {...projectLabels, ...selector,
            'app.kubernetes.io/component': 'service'};
        const name = colour === undefined ? service : `${service}-${colour}`;
        this.add('apps/v1', 'Deployment', name, labels,
            {spec: deploymentSpec(service, environment, labels, selector)});
        this.add('policy/v1', 'PodDisruptionBudget', name, labels, {
            spec: {
                maxUnavailable: 1,
                unhealthyPodEvictionPolicy: 'AlwaysAllow',
                selector: {matchLabels: selector},
            },
        });
        if (environment.scale !== undefined)
            this.add('autoscaling/v2', 'HorizontalPodAutoscaler', name, labels,
                {spec: scalerSpec(name, environment.scale)});
    }
}

const app = new App({yamlOutputType: YamlOutputType.FILE_PER_APP});
for (const environment of environments)
    new Environment(app, environment);
process.stdout.write(app.synthYaml());
