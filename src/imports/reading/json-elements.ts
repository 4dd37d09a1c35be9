/** An element of a JSON array as text; `line` is its place in the array, counted from 1. */
export interface JsonElement {
  line: number;
  text: string;
}

/** Cuts the inside of a JSON array into its elements, block by block, without reading it whole. */
export class JsonElements {
  private rest = '';
  private count = 0;
  /** The array has ended. */
  isOver = false;

  push(block: string): { rows: JsonElement[] } {
    const text = this.rest + block;
    const rows: JsonElement[] = [];
    let begin = 0;
    let depth = 0;
    let isInText = false;
    for (let at = 0; at < text.length && !this.isOver; at++) {
      const character = text[at];
      if (isInText) {
        if (character === '\\') at += 1;
        else if (character === '"') isInText = false;
      } else if (character === '"') isInText = true;
      else if (character === '{' || character === '[') depth += 1;
      else if (character === '}' || (character === ']' && depth > 0)) depth -= 1;
      else if (depth === 0 && (character === ',' || character === ']')) {
        const element = text.slice(begin, at).trim();
        if (element !== '' || character === ',') rows.push({ line: ++this.count, text: element });
        begin = at + 1;
        this.isOver = character === ']';
      }
    }
    this.rest = this.isOver ? '' : text.slice(begin);
    return { rows };
  }

  /** How much of an element waits for its end. */
  get waiting(): number {
    return this.rest.length;
  }
}
