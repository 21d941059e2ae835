// The job of the benchmark for jsonnet, as a stream of JSON, which is what its
// interpreter prints fastest:
//
//     jsonnet -y --tla-code services=1000 main.jsonnet
//
// Left out of what broxc makes of the same facts: NetworkPolicy,
// ExternalSecret, SecretStore with its account, Certificate, LimitRange,
// ResourceQuota, and the hash in the name of a ConfigMap. Less work is to the
// advantage of jsonnet, and so is that it reads no program of 9,000 lines.
local facts = import 'facts.libsonnet';

local project_labels = {
  'app.kubernetes.io/part-of': 'bench',
  'app.kubernetes.io/managed-by': 'broxc',
};

local object(api, kind, name, namespace, labels) = {
  apiVersion: api,
  kind: kind,
  metadata: { name: name, namespace: namespace, labels: labels },
};

local rule(group, resources, verbs) = {
  apiGroups: [group],
  resources: resources,
  verbs: verbs,
};

local deployer_rules = [
  rule('', ['configmaps', 'services'], ['get', 'create', 'patch']),
  rule('', ['serviceaccounts'], ['create', 'patch']),
  rule('', ['pods'], ['get', 'list', 'watch']),
  rule('', ['pods/portforward'], ['get', 'create']),
  rule('', ['events'], ['list']),
  rule('', ['namespaces', 'pods/log', 'services/proxy'], ['get']),
  rule('apps', ['deployments'], ['get', 'list', 'watch', 'create', 'patch']),
  rule('apps', ['deployments/scale'], ['get', 'patch']),
  rule('apps', ['replicasets'], ['list']),
  rule('apps', ['statefulsets'], ['create', 'patch']),
  rule('autoscaling', ['horizontalpodautoscalers'], ['get', 'create', 'patch']),
  rule('batch', ['cronjobs'], ['create', 'patch']),
  rule('batch', ['jobs'], ['get', 'create']),
  rule('policy', ['poddisruptionbudgets'], ['create', 'patch']),
  rule('networking.k8s.io', ['ingresses', 'networkpolicies'], ['create', 'patch']),
  rule('external-secrets.io', ['externalsecrets', 'secretstores'], ['create', 'patch']),
  rule('cert-manager.io', ['certificates', 'issuers'], ['create', 'patch']),
];

local pod_security = {
  ['pod-security.kubernetes.io/' + mode[0]]: mode[1]
  for mode in [
    ['enforce', 'restricted'],
    ['enforce-version', 'v1.33'],
    ['audit', 'restricted'],
    ['audit-version', 'v1.33'],
    ['warn', 'restricted'],
    ['warn-version', 'v1.33'],
  ]
};

local platform(environment, namespace) =
  local labels = project_labels { 'broxc/applied-by': 'administrator' };
  local rbac = 'rbac.authorization.k8s.io';
  [
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: namespace,
        labels: labels + pod_security + {
          'broxc/environment': environment.name,
          'broxc/tier': environment.name,
        },
      },
    },
    object(rbac + '/v1', 'Role', 'deployer', namespace, labels) {
      rules: deployer_rules,
    },
    object(rbac + '/v1', 'RoleBinding', 'deployer', namespace, labels) {
      roleRef: { apiGroup: rbac, kind: 'Role', name: 'deployer' },
      subjects: [
        { apiGroup: rbac, kind: 'Group', name: namespace + '-deployers' },
      ],
    },
  ];

local probe(path, period) = {
  httpGet: { path: path, port: 'http' },
  periodSeconds: period,
  timeoutSeconds: 1,
  failureThreshold: 3,
};

local spread(topology, selector) = {
  maxSkew: 1,
  topologyKey: topology,
  whenUnsatisfiable: 'ScheduleAnyway',
  labelSelector: { matchLabels: selector },
  matchLabelKeys: ['pod-template-hash'],
};

local container(service, environment) = {
  name: service.name,
  image: 'benchexample.azurecr.io/' + service.name + ':unreleased',
  ports: [{ name: 'http', containerPort: 3000, protocol: 'TCP' }],
  envFrom: [
    { configMapRef: { name: service.name + '-config' } },
    { secretRef: { name: service.name + '-secret' } },
  ],
  startupProbe: probe('/health/live', 20),
  readinessProbe: probe('/health/ready', 10),
  livenessProbe: probe('/health/live', 20),
  lifecycle: { preStop: { sleep: { seconds: 5 } } },
  resources: environment.resources,
  securityContext: {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  },
  volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
};

local deployment_spec(service, environment, labels, selector) = {
  [if std.objectHas(environment, 'replicas') then 'replicas']: environment.replicas,
  revisionHistoryLimit: 10,
  progressDeadlineSeconds: 600,
  strategy: {
    type: 'RollingUpdate',
    rollingUpdate: { maxUnavailable: 0, maxSurge: '25%' },
  },
  selector: { matchLabels: selector },
  template: {
    metadata: {
      labels: labels,
      annotations: {
        'prometheus.io/scrape': 'true',
        'prometheus.io/port': '3000',
        'prometheus.io/path': '/metrics',
      },
    },
    spec: {
      serviceAccountName: service.name,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: {
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      terminationGracePeriodSeconds: 30,
      topologySpreadConstraints: [
        spread('kubernetes.io/hostname', selector),
        spread('topology.kubernetes.io/zone', selector),
      ],
      containers: [container(service, environment)],
      volumes: [{ name: 'tmp', emptyDir: {} }],
    },
  },
};

local policy(type, value) = { type: type, value: value, periodSeconds: 15 };

local scaler_spec(name, scale) = scale {
  scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: name },
  metrics: [{
    type: 'Resource',
    resource: {
      name: 'cpu',
      target: { type: 'Utilization', averageUtilization: 70 },
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
};

local select(service, colour) = {
  'app.kubernetes.io/name': service.name,
  'app.kubernetes.io/instance': 'bench',
  [if colour != null then 'broxc/colour']: colour,
};

// One Deployment, or the two of blue and green.
local workload(service, environment, namespace, colour) =
  local selector = select(service, colour);
  local labels = project_labels + selector { 'app.kubernetes.io/component': 'service' };
  local name = service.name + if colour == null then '' else '-' + colour;
  [
    object('apps/v1', 'Deployment', name, namespace, labels) {
      spec: deployment_spec(service, environment, labels, selector),
    },
    object('policy/v1', 'PodDisruptionBudget', name, namespace, labels) {
      spec: {
        maxUnavailable: 1,
        unhealthyPodEvictionPolicy: 'AlwaysAllow',
        selector: { matchLabels: selector },
      },
    },
  ] + if !std.objectHas(environment, 'scale') then [] else [
    object('autoscaling/v2', 'HorizontalPodAutoscaler', name, namespace, labels) {
      spec: scaler_spec(name, environment.scale),
    },
  ];

local service_objects(all, service, environment, namespace) =
  local labels = project_labels + select(service, null) {
    'app.kubernetes.io/component': 'service',
  };
  local host = service.name + environment.host_end;
  local is_coloured = environment.colours[0] != null;
  local entry(name, colour) =
    object('v1', 'Service', name, namespace, labels) {
      spec: {
        type: 'ClusterIP',
        selector: select(service, colour),
        ports: [{ name: 'http', port: 3000, targetPort: 'http', protocol: 'TCP' }],
      },
    };
  [
    object('v1', 'ConfigMap', service.name + '-config', namespace, labels) {
      data: all.settings(environment, service),
    },
    object('v1', 'ServiceAccount', service.name, namespace, labels) {
      automountServiceAccountToken: false,
    },
    entry(service.name, environment.colours[0]),
  ] + (
    if is_coloured then [entry(service.name + '-preview', 'green')] else []
  ) + (
    if !service.has_host then [] else [
      object('networking.k8s.io/v1', 'Ingress', service.name, namespace, labels) {
        spec: {
          ingressClassName: 'webapprouting.kubernetes.azure.com',
          tls: [{ secretName: 'bench-tls', hosts: [host] }],
          rules: [{
            host: host,
            http: {
              paths: [{
                path: '/',
                pathType: 'Prefix',
                backend: { service: { name: service.name, port: { name: 'http' } } },
              }],
            },
          }],
        },
      },
    ]
  ) + std.flattenArrays([
    workload(service, environment, namespace, colour)
    for colour in environment.colours
  ]);

function(services)
  local all = facts(services);
  std.flattenArrays([
    local namespace = 'bench-' + environment.name;
    platform(environment, namespace) + std.flattenArrays([
      service_objects(all, service, environment, namespace)
      for service in all.services
    ])
    for environment in all.environments
  ])
