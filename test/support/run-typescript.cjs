// Lets a Node process of its own run our TypeScript: node --require ./run-typescript.cjs script.ts
const { readFileSync } = require('node:fs');
const { transformSync } = require('@swc/core');
require('./resolve-typescript.cjs');

require.extensions['.ts'] = (module, filename) => {
  module._compile(transformSync(readFileSync(filename, 'utf8'), { filename }).code, filename);
};
