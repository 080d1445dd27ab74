import type { ColumnFormat } from '../../core/table/column-format.js';
import { disclaimer } from '../package/disclaimer.js';
import { columnReference } from './column-description.js';
import { groupMetadata, tableMetadata } from './csvw-metadata.js';

const read = (bytes: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(bytes));
const columns: readonly ColumnFormat[] = [
  { name: '=ward', type: 'category' },
  { name: 'age', type: 'integer', decimals: 0 },
  { name: 'dose', type: 'number', decimals: 2 },
  { name: 'day', type: 'date' },
  { name: 'at', type: 'datetime' },
];

describe('the description of a CSV file', () => {
  it('names the file, says that it is synthetic, and how each column is read', () => {
    expect(read(tableMetadata({ file: 'a-synthetic.csv', title: 'A', columns }))).toEqual({
      '@context': ['http://www.w3.org/ns/csvw', { '@language': 'en' }],
      url: 'a-synthetic.csv',
      'dc:title': 'A',
      'rdfs:label': 'SYNTHETIC',
      'dc:description': disclaimer,
      'rdfs:comment': expect.stringContaining('apostrophe') as string,
      dialect: {
        ...{ delimiter: ',', doubleQuote: true, encoding: 'utf-8', header: true, lineTerminators: ['\n'] },
        ...{ quoteChar: '"', trim: false },
      },
      tableSchema: {
        columns: [
          { name: '%3Dward', titles: "'=ward", datatype: 'string', null: [''] },
          { name: 'age', titles: 'age', datatype: { base: 'integer', format: '0' }, null: [''] },
          { name: 'dose', titles: 'dose', datatype: { base: 'decimal', format: '0.00' }, null: [''] },
          { name: 'day', titles: 'day', datatype: { base: 'date', format: 'yyyy-MM-dd' }, null: [''] },
          {
            name: 'at',
            titles: 'at',
            datatype: { base: 'datetime', format: 'yyyy-MM-ddTHH:mm:ss.SSSX' },
            null: [''],
          },
        ],
      },
    });
  });

  it.each([
    ['ward', 'ward'],
    ['ward name', 'ward%20name'],
    ['_id', '%5Fid'],
    ['a_b', 'a_b'],
    ['a.b-c', 'a%2Eb%2Dc'],
    ["(é)'*!~", '%28%C3%A9%29%27%2A%21%7E'],
  ])('refers to the column %s as %s', (name, reference) => {
    expect(columnReference(name)).toBe(reference);
  });
});

it('describes tables that belong together by their keys', () => {
  const id: ColumnFormat = { name: 'person id', type: 'identifier' };
  const group = read(
    groupMetadata('Two', [
      {
        file: 'people-synthetic.csv',
        title: 'people',
        columns: [id],
        primaryKey: ['person id'],
        foreignKeys: [],
      },
      {
        ...{ file: 'visits-synthetic.csv', title: 'visits', columns: [id], primaryKey: [] },
        foreignKeys: [{ columns: ['person id'], file: 'people-synthetic.csv', referenced: ['person id'] }],
      },
    ]),
  );
  expect(group).toMatchObject({
    'rdfs:label': 'SYNTHETIC',
    'dc:description': disclaimer,
    tables: [
      { url: 'people-synthetic.csv', tableSchema: { primaryKey: ['person%20id'] } },
      {
        url: 'visits-synthetic.csv',
        tableSchema: {
          foreignKeys: [
            {
              columnReference: ['person%20id'],
              reference: { resource: 'people-synthetic.csv', columnReference: ['person%20id'] },
            },
          ],
        },
      },
    ],
  });
});
