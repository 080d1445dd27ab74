import { readFileSync } from 'node:fs';
import { MappingError } from './mapping-error.js';
import { readMapping } from './read-mapping.js';
import { clinicMapping } from './testing/clinic.js';
import { mapTexts } from './testing/map-texts.js';

function faults(yaml: string): readonly string[] {
  try {
    readMapping('m.yaml', yaml);
  } catch (error) {
    if (error instanceof MappingError) return error.faults;
    throw error;
  }
  return [];
}

const lineOf = (yaml: string, text: string): number =>
  yaml.split('\n').findIndex((line) => line.includes(text)) + 1;

describe('a mapping file', () => {
  it('is read when nothing is wrong', () => {
    expect(faults(clinicMapping())).toEqual([]);
  });

  it('may be the one of the manual', () => {
    const [, example] = /```yaml\n([^]*?)```/.exec(readFileSync('docs/mapping.md', 'utf8')) ?? [];
    expect(example).toMatch(/^version: 1/);
    expect(faults(example ?? '')).toEqual([]);
  });

  const cases: [name: string, from: string, to: string, path: string, problem: string][] = [
    [
      'a word of nobody',
      'title: A clinic',
      'titel: A clinic',
      'titel',
      'there is nothing of this name here.',
    ],
    [
      'a kind that there is not',
      'kind: condition',
      'kind: disease',
      'tables[1].events[0]',
      '"kind" is "disease"',
    ],
    [
      'a number for a code',
      "code: '77176002'",
      'code: 77176002',
      'tables[0].events[0].code.code',
      'put it in quotes.',
    ],
    [
      'a sex that there is not',
      'F: female',
      'F: woman',
      'valueMaps.sex.values.F',
      'it is not one of "female"',
    ],
    [
      'two sources of a moment',
      'enrolment: { column: enrolled }',
      'enrolment: { column: enrolled, at: birth }',
      'tables[0].person.moments.enrolment',
      'give exactly one of: column; rule; moment; at.',
    ],
    [
      'no value map of the name',
      'map: test }',
      'map: tests }',
      'tables[2].events[0].code.map',
      'there is no value map "tests".',
    ],
    [
      'a value map for something else',
      'map: test }',
      'map: sex }',
      'tables[2].events[0].code.map',
      'the value map "sex" gives sex, not coded.',
    ],
    [
      'no moment of the name',
      'moment: enrolment',
      'moment: beginning',
      'tables[0].events[0].start.moment',
      'no person has a moment "beginning".',
    ],
    [
      'no rule of the name',
      'moment: enrolment',
      'rule: enrolment',
      'tables[0].events[0].start.rule',
      'there is no rule "enrolment".',
    ],
    [
      'an encounter where there is none',
      'start: { column: day }',
      'start: { at: encounter-end }',
      'tables[2].events[0].start.at',
      'rows of this table are no encounters.',
    ],
    [
      'a system without a URI',
      'system: LOINC',
      'system: Loink',
      'valueMaps.test.system',
      '"Loink" is neither',
    ],
    [
      'a pattern that is none',
      '[A-Z]',
      '[A-',
      'tables[1].events[0].code.pattern',
      'it is no regular expression.',
    ],
    [
      'a value that is mapped and not',
      'without: [U]',
      'without: [F]',
      'valueMaps.sex.without',
      '"F" is among the values too.',
    ],
    [
      'a measurement of no kind',
      'as: number, ',
      '',
      'tables[2].events[0].value',
      'say what the value is: "map" or "as".',
    ],
    [
      'an age without a rule',
      'form: date',
      'form: age',
      'tables[0].person.birth',
      'an age gives a birth only by a "rule"',
    ],
    ['a name read as something else', 'no: false', '01: false', 'put the name 01 in quotes.', ''],
    ['a name that is there twice', 'no: false', 'yes: false', 'Map keys must be unique', ''],
    ['text that is no YAML', 'title: A clinic', 'title: [', '', ''],
  ];
  it.each(cases)('with %s is refused with file, line and path', (_, from, to, path, problem) => {
    expect(clinicMapping()).toContain(from);
    const yaml = clinicMapping().replace(from, to);
    const found = faults(yaml);
    expect(found[0]).toMatch(/^m\.yaml:\d+: /);
    expect(found.join('\n')).toContain(path);
    expect(found.join('\n')).toContain(problem);
    if (to.length > 1 && problem !== '' && to !== 'title: [')
      expect(found.map((fault) => Number(fault.split(':')[1]))).toContain(lineOf(clinicMapping(), from));
  });

  it('that names no table or column of the tables is refused before a row is read', async () => {
    const people = { person: ['a'], sex: ['F'], born: ['never'], enrolled: [''], died: [''], smoker: [''] };
    const yaml = clinicMapping();
    const visits = { person: ['a'], visit: ['v'], from: [''], to: [''], diagnosis: [''] };
    await expect(mapTexts(yaml, { people, visits })).rejects.toMatchObject({
      faults: [
        `m.yaml:${lineOf(yaml, 'name: results')}: tables[2].name: there is no table "results"; there is: "people", "visits".`,
        `m.yaml:${lineOf(yaml, 'column: class')}: tables[1].encounter.class.column: table "visits" has no column "class".`,
      ],
    });
  });
});
