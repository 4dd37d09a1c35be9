import { readFileSync } from 'node:fs';
import { type Page } from 'playwright-core';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const COLOURS = ['color-contrast', 'link-in-text-block'];

interface AxeResult {
  violations: { id: string; nodes: { html: string; failureSummary: string }[] }[];
}

/**
 * What axe finds, in short; nothing when all is well.
 *
 * @param of colours alone is enough for the second theme of a page that was looked at in the first
 */
export async function faults(page: Page, of: 'everything' | 'colours' = 'everything'): Promise<string[]> {
  // Half-faded things have half their contrast.
  await page.waitForTimeout(250);
  await page.evaluate(`window.axe ?? (() => { ${AXE} })()`);
  const options = JSON.stringify({
    runOnly: of === 'colours' ? COLOURS : STANDARDS,
    resultTypes: ['violations'],
  });
  const { violations } = (await page.evaluate(`axe.run(document, ${options})`)) as AxeResult;
  return violations.flatMap(({ id, nodes }) =>
    nodes.slice(0, 3).map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} (${failureSummary})`),
  );
}
