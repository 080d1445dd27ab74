import type { Shape } from './shape.js';

const texts: Shape = { list: 'text' };
const textOrTexts: Shape = { oneOf: ['text', texts] };
const row: Shape = { fields: {}, others: 'scalar' };

const query: Shape = {
  fields: {
    name: 'text',
    comments: texts,
    query: 'text',
    'dp-query': 'text',
    epsilon: 'number',
    delta: 'number',
    'snsql-metadata': { fields: {}, others: { oneOf: ['scalar', row] } },
  },
};

/** Arguments are expressions of any form; a rule of its own looks at them. */
const call = { name: 'text', args: 'anything', kwargs: 'anything' } as const;

export const configShape: Shape = {
  fields: {
    'use-asyncio': 'boolean',
    row_generators_module: 'text',
    story_generators_module: 'text',
    object_instantiation: { fields: {}, others: { fields: { class: 'text', kwargs: 'anything' } } },
    'src-stats': { list: query },
    story_generators: { list: { fields: { ...call, num_stories_per_pass: 'number' } } },
    'max-unique-constraint-tries': 'number',
    tables: {
      fields: {},
      others: {
        fields: {
          ignore: 'boolean',
          vocabulary_table: 'boolean',
          primary_private: 'boolean',
          num_rows_per_pass: 'number',
          name_column: 'text',
          row_generators: { list: { fields: { ...call, columns_assigned: textOrTexts } } },
          missingness_generators: { list: { fields: { ...call, columns_assigned: textOrTexts } } },
        },
      },
    },
  },
};

export const ormShape: Shape = {
  fields: {
    dsn: 'anything',
    schema: 'anything',
    'parquet-dir': 'text',
    tables: {
      fields: {},
      others: {
        fields: {
          columns: {
            fields: {},
            others: {
              fields: { type: 'text', primary: 'boolean', nullable: 'boolean', foreign_keys: texts },
            },
          },
          unique: { list: { fields: { name: 'text', columns: texts } } },
          schema: 'anything',
        },
      },
    },
  },
};

/** As datafaker writes it, and as sqlsynthgen wrote it before: the rows alone. */
export const srcStatsShape: Shape = {
  fields: {},
  others: {
    oneOf: [
      {
        fields: {
          comments: texts,
          queries: { fields: { date: 'text', query: 'text', 'dp-query': 'text' } },
          results: { list: row },
        },
      },
      { list: row },
    ],
  },
};

/** A table that was copied: its rows. */
export const tableRowsShape: Shape = { list: row };

const named = { name: 'text', type: 'text', count: 'number', missingCount: 'number' } as const;

const column: Shape = {
  oneOf: [
    {
      fields: {
        ...{ ...named, kind: 'text', decimals: 'number' },
        edges: { list: 'number' },
        counts: { list: 'number' },
      },
    },
    {
      fields: {
        ...{ ...named, kind: 'text', pooledCount: 'number' },
        categories: { list: { fields: { value: 'text', count: 'number' } } },
      },
    },
    { fields: { ...named, kind: 'text', reason: 'text' } },
  ],
};

const profile: Shape = {
  fields: {
    version: 'number',
    sourceHash: 'text',
    rows: 'number',
    disclosureControl: {
      fields: {
        cellCountMin: 'number',
        countRounding: 'number',
        tailShare: 'number',
        binsMax: 'number',
        categoriesMax: 'number',
      },
    },
    columns: { list: column },
  },
};

/** The profile itself, or with the hash it was signed under beside it. */
export const profileShape: Shape = { oneOf: [profile, { fields: { hash: 'text', profile } }] };

export const ledgerShape: Shape = {
  fields: {
    version: 'number',
    entries: { list: { fields: { query: 'text', epsilon: 'number', delta: 'number' } } },
  },
};
