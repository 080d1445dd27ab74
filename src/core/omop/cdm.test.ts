import { readFileSync } from 'node:fs';
import { readCdm } from './cdm.js';

const file = (name: string): string =>
  readFileSync(`content/omop/cdm/OMOP_CDMv5.4_${name}_Level.csv`, 'utf8');
const texts = { tables: file('Table'), fields: file('Field') };

describe('the OMOP common data model', () => {
  const cdm = readCdm(texts);
  const fields = [...cdm.values()].flatMap((table) => table.fields);

  it('has the tables, fields and keys of version 5.4', () => {
    expect(cdm.size).toBe(39);
    const parts = [...cdm.values()].map(({ part }) => part);
    expect(['CDM', 'VOCAB', 'RESULTS'].map((part) => parts.filter((each) => each === part).length)).toEqual([
      27, 10, 2,
    ]);
    expect(fields).toHaveLength(432);
    expect(fields.filter(({ isPrimaryKey }) => isPrimaryKey)).toHaveLength(28);
    expect(fields.filter(({ isRequired }) => isRequired)).toHaveLength(180);
    expect(fields.filter(({ references }) => references)).toHaveLength(176);
    expect([...cdm.values()].filter(({ isRequired }) => isRequired).map(({ name }) => name)).toEqual([
      'person',
      'observation_period',
    ]);
    expect([...cdm.values()].filter(({ primaryKey }) => primaryKey === undefined)).toHaveLength(11);
  });

  it('names only what is there', () => {
    for (const { references } of fields) {
      if (references === undefined) continue;
      expect(cdm.get(references.table)?.primaryKey).toBe(references.field);
    }
  });

  it('reads types, widths, oddities and references', () => {
    const field = (table: string, name: string): unknown =>
      cdm.get(table)?.fields.find((each) => each.name === name);
    expect(field('person', 'gender_concept_id')).toEqual({
      ...{ name: 'gender_concept_id', type: 'integer', isRequired: true, isPrimaryKey: false },
      references: { table: 'concept', field: 'concept_id', domain: 'Gender' },
    });
    expect(field('location', 'zip')).toMatchObject({ type: 'varchar', lengthMax: 9 });
    expect(field('note', 'note_text')).not.toHaveProperty('lengthMax');
    expect(field('note_nlp', 'offset')).toMatchObject({ type: 'varchar', lengthMax: 50 });
    expect(field('drug_era', 'drug_concept_id')).toMatchObject({
      references: { conceptClass: 'Ingredient' },
    });
    expect(fields.filter(({ type }) => type === 'integer')).toHaveLength(222);
  });

  it.each([
    [
      'a type that it does not know',
      { fields: texts.fields.replace('Yes,integer', 'Yes,blob') },
      /person_id/,
    ],
    ['a table without fields', { tables: `${texts.tables}\nghost,CDM,No,,,,,,,` }, /"ghost" has no field/],
    ['a part that it does not know', { tables: texts.tables.replace('person,CDM', 'person,X') }, /"person"/],
    ['a ragged row', { tables: `${texts.tables}\nghost,CDM` }, /Record 40 has 2 cells/],
  ])('refuses %s', (_, changed, message) => {
    expect(() => readCdm({ ...texts, ...changed })).toThrow(message);
  });
});
