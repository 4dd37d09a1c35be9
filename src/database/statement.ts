import { prepared } from './prepared-statement.js';

/** A transaction, or what stands for the whole database. */
interface Askable {
  query<Result>(sql: string, parameters?: unknown[]): Promise<Result>;
}

/**
 * One SQL statement made of parts that several repositories add, each a common table expression. All parts see the database as it
 * was before the statement; what one part changes another learns only by reading its RETURNING rows under its name.
 */
export class Statement {
  private readonly parts: string[] = [];
  private readonly parameters: unknown[] = [];

  /** @returns the placeholder of a parameter with this value */
  value(value: unknown, type: string): string {
    this.parameters.push(value);
    return `$${this.parameters.length}::${type}`;
  }

  /** Adds a part that later ones can read by its name. */
  with(name: string, sql: string): this {
    this.parts.push(`${name} AS (${sql})`);
    return this;
  }

  /**
   * Runs all parts, and reads from them.
   *
   * @param isPrepared for statements of few rows that run often alike: planning takes them longer than the work
   */
  run<Row>(at: Askable, select: string, isPrepared = false): Promise<Row[]> {
    const text = `WITH ${this.parts.join(',\n')} ${select}`;
    return at.query<Row[]>(isPrepared ? prepared(text) : text, this.parameters);
  }
}
