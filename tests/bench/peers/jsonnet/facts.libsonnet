// What generate.awk writes down in the language of broxc: the services, and
// what tells the environments apart.
function(services) {
  // A certificate holds 100 names at most.
  local stride = if services > 1000 then std.floor((services + 99) / 100) else 10,

  local padded(s) = local digits = '0000' + s; std.substr(digits, std.length(digits) - 5, 5),

  services:: [
    // A field is worked out at each use, a local once.
    local name = 'service-' + padded(s);
    { name: name, has_host: s % stride == 1, has_all_keys: s % 4 == 1 }
    for s in std.range(1, services)
  ],

  settings(environment, service):: {
    ['KEY_' + k]:
      if k % 3 == 1 then environment.name + ': no. ' + k
      else if k % 3 == 2 then environment.level
      else 'true'
    for k in if service.has_all_keys then std.range(1, 10) else [1, 2]
  },

  local small = {
    requests: { cpu: '100m', memory: '128Mi' },
    limits: { cpu: '250m', memory: '256Mi' },
  },
  local large = {
    requests: { cpu: '200m', memory: '256Mi' },
    limits: { cpu: '500m', memory: '512Mi' },
  },

  environments:: [
    {
      name: 'development',
      level: 'debug',
      host_end: '-dev1.example.com',
      colours: [null],
      replicas: 2,
      resources: small,
    },
    {
      name: 'staging',
      level: 'debug',
      host_end: '-stage.example.com',
      colours: ['blue', 'green'],
      resources: small,
    },
    {
      name: 'production',
      level: 'warn',
      host_end: '.example.com',
      colours: ['blue', 'green'],
      scale: { minReplicas: 4, maxReplicas: 6 },
      resources: large,
    },
  ],
}
