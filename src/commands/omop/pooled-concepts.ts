import type { Table } from '../../core/table/table.js';

const noConcept = '0';

/**
 * The tables with concepts alone in their fields of concepts: a word that stands for several rare ones, which a generator does not
 * tell apart, is no concept.
 */
export async function* withConceptsOnly(
  blocks: AsyncIterable<ReadonlyMap<string, Table>>,
): AsyncGenerator<ReadonlyMap<string, Table>> {
  for await (const block of blocks)
    yield new Map([...block].map(([name, table]) => [name, { ...table, columns: conceptsOf(table) }]));
}

function conceptsOf({ columns }: Table): Table['columns'] {
  return new Map(
    [...columns].map(([name, column]) => {
      if (column.kind !== 'category' || !name.endsWith('_concept_id')) return [name, column];
      const dictionary = column.dictionary.map((word) => (/^-?\d{1,19}$/.test(word) ? word : noConcept));
      return [name, { ...column, dictionary }];
    }),
  );
}
