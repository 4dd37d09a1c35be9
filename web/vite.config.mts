import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compressAssets } from './compress-assets.mts';

const api = `http://127.0.0.1:${process.env['PORT'] || '8001'}`;
const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  plugins: [react(), compressAssets({ budgetKilobytes: 250 })],
  resolve: { alias: { '@server': folder('../src'), '@': folder('./src') } },
  build: {
    outDir: folder('../dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    // Of these on, browsers know light-dark().
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    sourcemap: false,
  },
  server: {
    port: 3000,
    proxy: {
      '/api': api,
      '/auth': api,
      '/health': api,
      '/openapi.json': api,
      '/docs': api,
      '/socket.io': { target: api, ws: true },
    },
  },
});
