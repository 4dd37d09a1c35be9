/**
 * Layers of the web client: lib → components → features → app. Features do not know each other.
 * Of the server only what is pure comes in: enums, the rules of fields and the catalogue of events.
 */
const layers = ['lib', 'components', 'features', 'app'];

module.exports = {
  forbidden: [
    ...layers.map((layer, position) => ({
      name: `${layer}-imports-only-left`,
      severity: 'error',
      from: { path: `^web/src/${layer}/` },
      to: { path: `^web/src/(${layers.slice(position + 1).join('|') || 'nothing'})/` },
    })),
    {
      name: 'features-do-not-know-each-other',
      severity: 'error',
      from: { path: '^web/src/features/([^/]+)/' },
      to: { path: '^web/src/features/', pathNot: '^web/src/features/$1/' },
    },
    {
      name: 'only-pure-code-of-the-server',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^src/', pathNot: '^src/(enums/|leads/fields/|realtime/event-catalogue[.]ts)' },
    },
    {
      name: 'everything-is-found',
      comment: 'What cannot be found cannot be checked.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '[.]css$' },
    },
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only', 'dynamic-import'] } },
    },
  ],
  options: {
    tsConfig: { fileName: require('node:path').join(__dirname, 'tsconfig.json') },
    webpackConfig: { fileName: require('node:path').join(__dirname, '.resolve.cjs') },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.d.ts', '.js'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'browser', 'default'],
    },
  },
};
