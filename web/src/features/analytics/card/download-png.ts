import { save } from './download-csv';

const STYLES = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-opacity',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
  'dominant-baseline',
];
const SHARPNESS = 2;
const MARGIN = 24;
const HEAD = 40;

/** The chart in an element as a picture, with its title, in the colours that are on show. */
export async function downloadPng(element: HTMLElement, title: string): Promise<void> {
  const chart = element.querySelector<SVGSVGElement>('svg[data-chart], svg.recharts-surface');
  if (!chart) throw new Error('there is no chart here');
  const { width, height } = chart.getBoundingClientRect();
  const image = await imageOf(chart, width, height);
  const canvas = document.createElement('canvas');
  canvas.width = (width + 2 * MARGIN) * SHARPNESS;
  canvas.height = (height + HEAD + 2 * MARGIN) * SHARPNESS;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this browser draws no pictures');
  const { color, fontFamily } = getComputedStyle(element);
  context.scale(SHARPNESS, SHARPNESS);
  context.fillStyle = getComputedStyle(document.body).backgroundColor;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = color;
  context.font = `600 16px ${fontFamily}`;
  context.fillText(title, MARGIN, MARGIN + 16);
  context.drawImage(image, MARGIN, MARGIN + HEAD, width, height);
  const file = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (file) save(file, `${title.toLowerCase().replace(/\W+/g, '-')}.png`);
}

/** A copy that carries its styles itself: outside of the page there are no style sheets. */
function imageOf(chart: SVGSVGElement, width: number, height: number): Promise<HTMLImageElement> {
  const copy = chart.cloneNode(true) as SVGSVGElement;
  const originals = [chart, ...chart.querySelectorAll('*')];
  [copy, ...copy.querySelectorAll('*')].forEach((part, place) => {
    const original = originals[place];
    if (!original || !(part instanceof SVGElement)) return;
    const computed = getComputedStyle(original);
    for (const name of STYLES) part.style.setProperty(name, computed.getPropertyValue(name));
  });
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  const image = new Image();
  const source = new XMLSerializer().serializeToString(copy);
  return new Promise((resolve, reject) => {
    image.onload = () => resolve(image);
    image.onerror = () => reject(new Error('the chart cannot be drawn'));
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(source)}`;
  });
}
