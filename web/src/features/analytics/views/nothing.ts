/** Whether every number in rows of a report is nothing: there is then no chart to draw. */
export function isNothing(rows: readonly object[]): boolean {
  return rows.every((row) => Object.values(row).every((value) => typeof value !== 'number' || value === 0));
}
