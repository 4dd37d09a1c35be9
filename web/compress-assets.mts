import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin, Rolldown } from 'vite';

const COMPRESSIBLE = /\.(js|css|svg|html)$/;

/**
 * Writes `.br` and `.gz` beside each asset, prints the size of the JavaScript that the first page loads, and fails
 * when that is over the budget.
 */
export function compressAssets({ budgetKilobytes }: { budgetKilobytes: number }): Plugin {
  return {
    name: 'compress-assets',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const sizes = new Map<string, number>();
        for (const [name, item] of Object.entries(bundle)) {
          if (!COMPRESSIBLE.test(name) || name.endsWith('.html')) continue;
          const source = Buffer.from(item.type === 'chunk' ? item.code : item.source);
          const brotli = brotliCompressSync(source, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } });
          sizes.set(name, brotli.length);
          this.emitFile({ type: 'asset', fileName: `${name}.br`, source: brotli });
          this.emitFile({ type: 'asset', fileName: `${name}.gz`, source: gzipSync(source, { level: 9 }) });
        }
        const initial = initialChunks(bundle);
        const kilobytes = initial.reduce((sum, name) => sum + (sizes.get(name) ?? 0), 0) / 1000;
        console.log(
          `The first page loads ${kilobytes.toFixed(0)} kB of compressed JavaScript, ${initial.length} files; the budget is ${budgetKilobytes} kB`,
        );
        if (kilobytes > budgetKilobytes)
          this.error('The first page loads more JavaScript than the budget allows');
      },
    },
  };
}

/** Entry chunks and what they import at once. */
function initialChunks(bundle: Rolldown.OutputBundle): string[] {
  const found = new Set<string>();
  const visit = (name: string): void => {
    const item = bundle[name];
    if (found.has(name) || item?.type !== 'chunk') return;
    found.add(name);
    for (const imported of item.imports) visit(imported);
  };
  for (const item of Object.values(bundle)) if (item.type === 'chunk' && item.isEntry) visit(item.fileName);
  return [...found];
}
