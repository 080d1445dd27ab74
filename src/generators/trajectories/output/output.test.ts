import { aPopulation, end } from '../testing/a-population.js';
import { CsvLines, cleanCell } from './csv-lines.js';
import { csvTableNames, csvTables, type CsvTable } from './csv-tables.js';
import { Utilisations } from './organisations.js';
import { dateOf, momentOf } from './times.js';
import { writePatient } from './write-patient.js';

type Row = Readonly<Record<string, string>>;

function tablesOf(yearsOfHistory: number): ReadonlyMap<CsvTable, readonly Row[]> {
  const [lines, used] = [new CsvLines(), new Utilisations()];
  const population = aPopulation({ composition: 'survivors', criteria: { age: { low: 25, high: 45 } } });
  for (let place = 0; place < 14; place += 1)
    for (const patient of population.livesOf(place))
      writePatient(patient, { lines, used, span: { yearsOfHistory, end }, country: 'GB' });
  used.writeTo(lines);
  const texts = lines.texts();
  return new Map(
    csvTableNames.map((table) => {
      const columns = csvTables[table].split(',');
      const rows = (texts.get(table) ?? '').split('\n').filter((line) => line !== '');
      return [
        table,
        rows.map((line) => {
          const cells = line.split(',');
          expect(cells).toHaveLength(columns.length);
          return Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? '']));
        }),
      ];
    }),
  );
}

const whole = tablesOf(0);
const recent = tablesOf(10);
const rowsOf = (table: CsvTable, tables = whole): readonly Row[] => tables.get(table) ?? [];
const cellsOf = (table: CsvTable, column: string, tables = whole): string[] =>
  rowsOf(table, tables).map((row) => row[column] ?? '');

describe('the files of a population', () => {
  it('refer to each other', () => {
    const patients = new Set(cellsOf('patients', 'Id'));
    const encounters = new Set(cellsOf('encounters', 'Id'));
    expect(patients.size).toBe(rowsOf('patients').length);
    expect(encounters.size).toBe(rowsOf('encounters').length);
    for (const table of ['conditions', 'medications', 'observations', 'immunizations'] as const) {
      expect(rowsOf(table).length).toBeGreaterThan(10);
      for (const id of cellsOf(table, 'ENCOUNTER')) expect(encounters.has(id)).toBe(true);
      for (const id of cellsOf(table, 'PATIENT')) expect(patients.has(id)).toBe(true);
    }
    const organisations = new Set(cellsOf('organizations', 'Id'));
    for (const id of cellsOf('encounters', 'ORGANIZATION')) expect(organisations.has(id)).toBe(true);
    const utilised = cellsOf('organizations', 'UTILIZATION').reduce((sum, cell) => sum + Number(cell), 0);
    expect(utilised).toBe(rowsOf('encounters').length);
  });

  it('have nothing after a death but its certificate', () => {
    const deaths = new Map(rowsOf('patients').map((row) => [row['Id'], row['DEATHDATE'] ?? '']));
    expect([...deaths.values()].filter((death) => death !== '').length).toBeGreaterThan(0);
    for (const { PATIENT: patient, START: start = '', CODE: code } of rowsOf('encounters')) {
      const death = deaths.get(patient) ?? '';
      if (death !== '' && code !== '308646001') expect(start.slice(0, 10) <= death).toBe(true);
    }
  });

  it('can be the last ten years alone, with what still lasted', () => {
    expect(rowsOf('encounters', recent).length).toBeLessThan(rowsOf('encounters').length * 0.7);
    expect(cellsOf('patients', 'Id', recent)).toEqual(cellsOf('patients', 'Id'));
    const deaths = new Map(rowsOf('patients').map((row) => [row['Id'], row['DEATHDATE'] ?? '']));
    for (const { PATIENT: patient, DATE: date = '' } of rowsOf('observations', recent)) {
      const last = deaths.get(patient) ?? '';
      const years = Number((last === '' ? '2026' : last).slice(0, 4)) - Number(date.slice(0, 4));
      expect(years).toBeLessThanOrEqual(10);
    }
  });

  it('have cells without commas or quotes that no spreadsheet runs', () => {
    expect(cellsOf('encounters', 'DESCRIPTION')).toContain('Encounter for symptom with commas ');
    expect(cellsOf('medications', 'DESCRIPTION')).toContain("'=Syrup");
    expect(cleanCell('-1.5')).toBe('-1.5');
    expect(cleanCell('@sum')).toBe("'@sum");
  });

  it('give every person a number of the test range of their own', () => {
    const numbers = cellsOf('patients', 'SSN');
    expect(new Set(numbers).size).toBe(numbers.length);
    for (const number of numbers) expect(number).toMatch(/^999\d{7}$/);
  });
});

describe('times', () => {
  it('are written in UTC, before 1970 too', () => {
    for (const time of [0, 1, Date.UTC(1931, 1, 3, 4, 5, 6), Date.UTC(2024, 1, 29, 23, 59, 59)]) {
      const iso = new Date(time).toISOString();
      expect(dateOf(time)).toBe(iso.slice(0, 10));
      expect(momentOf(time)).toBe(`${iso.slice(0, 19)}Z`);
    }
    expect(momentOf(NaN)).toBe('');
  });
});
