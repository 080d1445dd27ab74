const framework = 'node_modules/(@nestjs|typeorm|@casl|bullmq|ioredis|graphql|@apollo|pg|express)/';
const pure = '^src/(core|generators|evaluation|exporters)/';
const rule = (name, from, to) => ({ name, severity: 'error', from, to });

module.exports = {
  forbidden: [
    rule('no-cycles', {}, { circular: true }),
    rule(
      'core-is-the-bottom',
      { path: '^src/core' },
      { path: '^src/(generators|evaluation|exporters|modules|commands)' },
    ),
    rule(
      'siblings-do-not-meet',
      { path: '^src/(generators|evaluation|exporters)/' },
      { path: '^src/(generators|evaluation|exporters|modules|commands)/', pathNot: '^src/$1/' },
    ),
    rule('no-framework-below-modules', { path: pure }, { path: framework }),
    rule(
      'state-and-rules-are-pure',
      { path: '^src/modules/.+\\.(state|rules|chain)\\.ts$' },
      { path: framework },
    ),
    rule(
      'modules-meet-at-index',
      { path: '^src/modules/([^/]+)/', pathNot: '\\.test\\.ts$' },
      {
        path: '^src/modules/([^/]+)/',
        // Rules are pure, so they cannot take the platform's face, which loads the framework.
        pathNot: [
          '^src/modules/$1/',
          '/index\\.ts$',
          '^src/modules/platform/refusal/(refusal|refuse-words)\\.ts$',
        ],
      },
    ),
    rule('platform-is-a-leaf', { path: '^src/modules/platform/' }, { path: '^src/modules/(?!platform/)' }),
    rule(
      'modules-do-not-know-their-callers',
      { path: '^src/modules/' },
      { path: '^src/(commands|main|worker|cli)' },
    ),
    rule(
      'no-dev-dependency',
      { path: '^src', pathNot: ['\\.test\\.ts$', '/testing/'] },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    ),
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
