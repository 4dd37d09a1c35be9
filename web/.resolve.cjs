const { join } = require('node:path');

/** How dependency-cruiser reads the client's short names for folders; the same as in tsconfig.json and for Vite. */
module.exports = {
  resolve: {
    alias: { '@server': join(__dirname, '../src'), '@': join(__dirname, 'src') },
    extensions: ['.ts', '.tsx', '.d.ts', '.js'],
  },
};
