import type { DataSource, EntityTarget, ObjectLiteral } from 'typeorm';

export type Row = Record<string, unknown>;

/**
 * Makes entities of the rows of hand-written SQL: `practice_name` becomes `practiceName`.
 * Columns that the entity does not have are left out; the entity is a plain object.
 */
export function rowHydrator<Entity extends ObjectLiteral>(
  dataSource: DataSource,
  target: EntityTarget<Entity>,
): (row: Row) => Entity {
  const { columns } = dataSource.getMetadata(target);
  const names = columns.map((column) => [column.databaseName, column.propertyName] as const);
  // Copies of one object share its shape: lists are made of hundreds of these.
  const template = Object.fromEntries(names.map(([, property]) => [property, undefined]));
  return (row) => {
    const entity: Row = { ...template };
    for (const [column, property] of names) entity[property] = row[column];
    return entity as Entity;
  };
}

/** Column names of an entity by its property names. */
export function columnNames<Entity extends ObjectLiteral>(
  dataSource: DataSource,
  target: EntityTarget<Entity>,
): ReadonlyMap<string, string> {
  return new Map(
    dataSource.getMetadata(target).columns.map((column) => [column.propertyName, column.databaseName]),
  );
}

/** A select list whose rows are entities as they are: for lists, where making each anew would cost more than reading it. */
export function entityColumns<Entity extends ObjectLiteral>(
  dataSource: DataSource,
  target: EntityTarget<Entity>,
  alias: string,
): string {
  return [...columnNames(dataSource, target)]
    .map(([property, column]) => `${alias}.${column} AS "${property}"`)
    .join(', ');
}
