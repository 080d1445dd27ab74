export interface OmopPlace {
  readonly table: string;
  /** From 1; the heading of a CSV file is not counted. */
  readonly row?: number;
  readonly field?: string;
}

/** An OMOP source cannot be read as it is. The message names the place and quotes no cell. */
export class OmopSourceError extends Error {
  constructor(
    readonly place: OmopPlace | null,
    explanation: string,
  ) {
    super(place === null ? explanation : `${describePlace(place)}: ${explanation}`);
    this.name = 'OmopSourceError';
  }
}

function describePlace({ table, row, field }: OmopPlace): string {
  const parts = [`table ${table}`];
  if (row !== undefined) parts.push(`row ${row}`);
  if (field !== undefined) parts.push(`field ${field}`);
  return parts.join(', ');
}
