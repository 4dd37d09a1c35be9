const COLOURS = ['#ffd43b', '#748ffc', '#63e6be', '#ff8787', '#e599f7'];
const PIECES = 160;
const GRAVITY = 0.0006;

interface Piece {
  x: number;
  y: number;
  speedX: number;
  speedY: number;
  turn: number;
  size: number;
  colour: string;
}

/** Lets confetti fall over a canvas. @returns how to end it */
export function rain(canvas: HTMLCanvasElement): () => void {
  const context = canvas.getContext('2d');
  if (!context) return () => undefined;
  const { clientWidth: width, clientHeight: height } = canvas;
  canvas.width = width;
  canvas.height = height;
  const pieces = Array.from({ length: PIECES }, () => piece(width, height));
  let before = performance.now();
  let frame = requestAnimationFrame(function draw(now) {
    // A screen that slept must not let everything jump.
    const passed = Math.min(50, now - before);
    before = now;
    context.clearRect(0, 0, width, height);
    for (const each of pieces) {
      each.x += each.speedX * passed;
      each.y += each.speedY * passed;
      each.speedY += GRAVITY * passed;
      each.turn += passed * 0.004;
      context.save();
      context.translate(each.x, each.y);
      context.rotate(each.turn);
      context.fillStyle = each.colour;
      context.fillRect(-each.size / 2, -each.size / 4, each.size, each.size / 2);
      context.restore();
    }
    if (pieces.some(({ y }) => y < height)) frame = requestAnimationFrame(draw);
  });
  return () => cancelAnimationFrame(frame);
}

function piece(width: number, height: number): Piece {
  return {
    x: Math.random() * width,
    y: -Math.random() * height * 0.8,
    speedX: (Math.random() - 0.5) * 0.15,
    speedY: 0.05 + Math.random() * 0.15,
    turn: Math.random() * 6,
    size: 10 + Math.random() * 16,
    colour: COLOURS[Math.floor(Math.random() * COLOURS.length)] ?? '#ffd43b',
  };
}
