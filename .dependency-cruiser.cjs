/**
 * One direction of imports, left to right (ARCHITECTURE.md):
 * enums → config → common → database → outbox → audit → jobs → users → auth → leads
 *   → {activities, imports, exports, views, distribution, gamification} → analytics → realtime → app.
 * A module may import what stands to its left; siblings in braces never import each other.
 */
const order = [
  ['enums'],
  ['config'],
  ['common'],
  ['database'],
  ['outbox'],
  ['audit'],
  ['jobs'],
  ['users'],
  ['auth'],
  ['leads'],
  ['activities', 'imports', 'exports', 'views', 'distribution', 'gamification'],
  ['analytics'],
  ['realtime'],
  ['health', 'demo', 'compliance'],
];
const group = (names) => `^src/(${names.join('|')})/`;
const noImportToTheRight = order.flatMap((names, position) => {
  const right = order.slice(position + 1).flat();
  return names.map((name) => ({
    name: `${name}-imports-only-left`,
    severity: 'error',
    from: { path: group([name]) },
    to: { path: `${group([...right, ...names.filter((other) => other !== name)])}|^src/[^/]+[.]ts$` },
  }));
});

module.exports = {
  forbidden: [
    ...noImportToTheRight,
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'enums-import-nothing',
      severity: 'error',
      from: { path: '^src/enums/' },
      to: { pathNot: '^src/enums/' },
    },
    {
      name: 'typeorm-only-in-storage-files',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: '([.](entity|repository|module)[.]ts$)|^src/(database|outbox)/',
      },
      to: { path: '^node_modules/(@nestjs/)?typeorm/' },
    },
    {
      name: 'production-code-imports-no-tests',
      severity: 'error',
      from: { path: '^src/', pathNot: '[.]spec[.]ts$' },
      to: { path: '^test/|[.]spec[.]ts$' },
    },
    {
      name: 'no-dev-dependencies-in-production-code',
      severity: 'error',
      from: { path: '^(src|migrations)/', pathNot: '[.]spec[.]ts$' },
      to: { dependencyTypes: ['npm-dev'] },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    enhancedResolveOptions: { extensions: ['.ts', '.js'] },
  },
};
