import { columnOfSdv, sdvMultiTable, sdvSingleTable } from './sdv-metadata.js';
import type { SdvColumnWords } from './sdv-metadata.js';
import type { ColumnSchema, TableSchema } from './schema.js';

const missingMarkers = [''];
const schema: TableSchema = {
  columns: [
    { name: 'id', type: 'identifier', missingMarkers, regenerate: { kind: 'key', unique: true } },
    {
      ...{ name: 'ward', type: 'identifier', missingMarkers },
      regenerate: { kind: 'pattern', unique: false, pattern: 'SYN-[A-Z]{8}' },
    },
    {
      name: 'surname',
      type: 'identifier',
      missingMarkers,
      regenerate: { kind: 'family-name', unique: false },
    },
    { name: 'age', type: 'integer', missingMarkers },
    { name: 'level', type: 'number', missingMarkers },
    { name: 'sex', type: 'category', missingMarkers },
    { name: 'smoker', type: 'boolean', missingMarkers },
    { name: 'born', type: 'date', missingMarkers },
    { name: 'seen', type: 'datetime', missingMarkers },
    { name: 'note', type: 'free-text', missingMarkers },
  ],
};

describe('SDV metadata', () => {
  it('say the same of a table when they are read as when they were written', () => {
    const written = sdvSingleTable({ schema, primaryKey: 'id' }) as {
      columns: Record<string, Record<string, string>>;
      primary_key: string;
    };
    const read = schema.columns.map((column): ColumnSchema => {
      const words = written.columns[column.name]!;
      const { sdtype = '', datetime_format: datetimeFormat, regex_format: regexFormat } = words;
      const described: SdvColumnWords = {
        sdtype,
        ...(datetimeFormat === undefined ? {} : { datetimeFormat }),
        ...(regexFormat === undefined ? {} : { regexFormat }),
      };
      return columnOfSdv(column, described, column.name === written.primary_key);
    });
    expect(read).toEqual(schema.columns);
  });

  it('of several tables name their keys', () => {
    const tables = new Map([
      ['people', { schema, primaryKey: 'id' }],
      ['visits', { schema: { columns: schema.columns.slice(0, 1) } }],
    ]);
    const relation = { parent: 'people', parentKey: 'id', child: 'visits', foreignKey: 'id' };
    expect(sdvMultiTable(tables, [relation])).toMatchObject({
      METADATA_SPEC_VERSION: 'MULTI_TABLE_V1',
      tables: { people: { primary_key: 'id' }, visits: { columns: { id: { sdtype: 'id' } } } },
      relationships: [{ parent_table_name: 'people', child_foreign_key: 'id' }],
    });
  });

  const read = (words: SdvColumnWords, type: ColumnSchema['type'] = 'category'): ColumnSchema =>
    columnOfSdv({ name: 'a', type, missingMarkers }, words, false);

  it('make no value of the form that real ones have', () => {
    expect(read({ sdtype: 'id', regexFormat: 'P[0-9]{5}' }).regenerate).toEqual({
      kind: 'key',
      unique: false,
    });
    expect(read({ sdtype: 'credit_card_number' })).toEqual({ name: 'a', type: 'identifier', missingMarkers });
  });

  it('take other ways of writing dates that are known, and refuse the others', () => {
    const datetime = (datetimeFormat: string): ColumnSchema => read({ sdtype: 'datetime', datetimeFormat });
    expect(datetime('%d/%m/%Y')).toMatchObject({ type: 'date', dateFormat: '%d/%m/%Y' });
    expect(datetime('%Y-%m-%d %H:%M:%S')).toMatchObject({ type: 'datetime' });
    expect(() => datetime('%y%j')).toThrow('Column "a" of the metadata: dates written %y%j are not read.');
  });

  it('leave it to the cells whether numbers are whole', () => {
    expect(read({ sdtype: 'numerical' }, 'integer').type).toBe('integer');
    expect(read({ sdtype: 'numerical' }, 'category').type).toBe('number');
  });
});
