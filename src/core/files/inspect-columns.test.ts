import { Random } from '../random/random.js';
import type { ColumnProposal } from './inspect-columns.js';
import { inspectFile } from './testing/inspect-file.js';

async function inspectColumn(name: string, cells: readonly string[]): Promise<ColumnProposal> {
  const rows = cells.map((cell) => `"${cell}",x`);
  const found = await inspectFile(Buffer.from(`"${name}",padding\n${rows.join('\n')}\n`));
  return found.get(name)!;
}

const rows = Array.from({ length: 300 }, (_, row) => row);
const random = Random.fromSeed('inspect');
const digits = (length: number): string =>
  rows
    .slice(0, length)
    .map(() => random.integerBelow(10))
    .join('');

function nhsNumber(): string {
  for (;;) {
    const body = digits(9);
    const sum = Array.from(body).reduce((total, digit, at) => total + Number(digit) * (10 - at), 0);
    const check = (11 - (sum % 11)) % 11;
    if (check < 10) return `${body}${check}`;
  }
}

const nhsNumbers = rows.slice(0, 30).map(nhsNumber);

describe('inspectColumns', () => {
  it.each([
    ['weight', rows.map((row) => (50 + row / 7).toFixed(2)), 'number'],
    ['mixed fractions', rows.map((row) => String(row / 2)), 'number'],
    ['num_visits', rows.map((row) => String(row % 6)), 'integer'],
    ['age', rows.map((row) => String(row % 90)), 'integer'],
    ['float integers', rows.map((row) => `${row % 40}.0`), 'integer'],
    ['smoker', rows.map((row) => (row % 3 === 0 ? 'Yes' : 'No')), 'boolean'],
    ['dead', rows.map((row) => String(row % 2)), 'boolean'],
    ['only no', rows.map(() => 'No'), 'category'],
    ['seen', rows.map((row) => `2020-01-${String(1 + (row % 31)).padStart(2, '0')}`), 'date'],
    ['no such day', rows.map((row) => `2020-02-${String(1 + (row % 31)).padStart(2, '0')}`), 'category'],
    ['admitted', rows.map((row) => `2020-01-01T10:${String(row % 60).padStart(2, '0')}:00Z`), 'datetime'],
    ['sex', rows.map((row) => 'MF'[row % 2]!), 'category'],
    ['grade', rows.map((row) => String(1 + (row % 3))), 'category'],
    ['practice', rows.map((row) => `0${row % 20}`), 'category'],
    ['admission_type_id', rows.map((row) => String(row % 8)), 'category'],
    ['row', rows.map(String), 'identifier'],
    ['person_id', rows.map((row) => String(Math.floor(row / 4))), 'identifier'],
    ['patientNbr', rows.map((row) => String(Math.floor(row / 2))), 'identifier'],
    ['surname', rows.map((row) => `Name${row % 50}`), 'identifier'],
    ['token', rows.map((row) => `k${row}`), 'identifier'],
    ['large', rows.map((row) => `90071992547409${93 + (row % 3)}`), 'identifier'],
    ['a', rows.map(nhsNumber), 'identifier'],
    [
      'ten digits',
      rows.map(() => `9${digits(9)}`).concat('1000000001', '1000000001', '1000000001'),
      'identifier',
    ],
    ['repeated', rows.map((row) => nhsNumbers[row % 30]!), 'identifier'],
    ['not repeated', rows.map((row) => `9${String(row % 30).padStart(9, '0')}`), 'integer'],
    ['id', rows.map((row) => String(Math.floor(row / 4))), 'identifier'],
    ['mail', rows.map((row) => `p${row % 9}@example.org`), 'identifier'],
    ['home', rows.map((row) => `SW1A ${row % 9}AA`), 'identifier'],
    ['note', rows.map((row) => `patient seen on the ward ${row} and well`), 'free-text'],
    ['days', rows.map(String), 'integer'],
    ['nothing', rows.map(() => ''), 'category'],
    [
      'icd_code',
      rows.map((row) => (row % 9 === 0 ? `V${10 + (row % 80)}` : `${100 + row}${row % 7}`)),
      'category',
    ],
    ['diag', rows.map((row) => `${'EIJ'[row % 3]!}${10 + (row % 80)}.${row % 9}`), 'category'],
    ['age group', rows.map((row) => `[${10 * (row % 10)}-${10 * (row % 10) + 10})`), 'category'],
    ['seen on', rows.map((row) => `${1 + (row % 28)}/${1 + (row % 12)}/2021`), 'date'],
    ['a day', rows.map((row) => `2021${String(1 + (row % 12)).padStart(2, '0')}${10 + (row % 19)}`), 'date'],
    [
      'no day',
      rows.map((row) => `2021${String(1 + (row % 13)).padStart(2, '0')}${10 + (row % 19)}`),
      'integer',
    ],
  ])('takes %s for what it is', async (name, cells, type) => {
    const proposal = await inspectColumn(name, cells);
    expect(proposal).toMatchObject({ name, type });
    expect(proposal.reason).toMatch(/^[A-Z].*\.$/);
  });

  it.each([
    ['each common marker', ['', '?', 'NA', 'N/A', 'NULL', 'null', 'NaN', 'nan'], ['1.5', '2.5'], 'number'],
    ['-9 as the only negative', ['-9', '-9'], rows.map((row) => String(row % 50)), 'integer'],
  ])('offers %s', async (_, markers, values, type) => {
    const proposal = await inspectColumn('age', [...values, ...markers]);
    expect(proposal).toMatchObject({
      type,
      missingCount: markers.length,
      distinctCount: new Set(values).size,
    });
    expect(proposal.missingMarkers.sort()).toEqual([...new Set(markers)].sort());
  });

  it.each([
    ['None, which is a result', ['None', 'None', 'High', 'Low']],
    ['-9 among other negatives', ['-9', '-9', '-3', '4', '5', '6', '7', '8']],
    ['-9 that stands once', ['-9', '4', '5', '6', '7', '8']],
    ['-9 among fractions', ['-9', '-9', '4.5', '5.5', '6', '7']],
    ['-9 that is most of the column', ['-9', '-9', '-9', '4']],
    ['spaces', [' ', ' ', 'a', 'b']],
  ])('does not offer %s', async (_, cells) => {
    expect((await inspectColumn('result', cells)).missingMarkers).toEqual([]);
  });

  const days = (write: (day: string, month: string) => string): string[] =>
    rows.map((row) =>
      write(String(1 + (row % 28)).padStart(2, '0'), String(1 + (row % 12)).padStart(2, '0')),
    );

  it.each([
    ['days first', days((day, month) => `${day}/${month}/1999`), '%d/%m/%Y', /Every cell is a date/],
    ['months first', days((day, month) => `${month}/${day}/1999`), '%m/%d/%Y', /Every cell is a date/],
    ['either', days((_, month) => `${month}/${month}/1999`), '%d/%m/%Y', /no day tells which/],
    ['digits alone', days((day, month) => `1999${month}${day}`), '%Y%m%d', /Every cell is a date/],
    ['named months', days((day) => `${day}-Feb-1999`), '%d-%b-%Y', /Every cell is a date/],
  ])('reads dates with %s', async (_, cells, dateFormat, reason) => {
    const proposal = await inspectColumn('seen', cells);
    expect(proposal).toMatchObject({ type: 'date', dateFormat });
    expect(proposal.reason).toMatch(reason);
    expect(proposal.evidence).toContainEqual({ looksLike: `dates (${dateFormat})`, cells: 300 });
  });

  const levels = rows.map((row) => String(60 + (row % 90)));
  it.each([
    ['0 far below all others', ['0', '0', ...levels], ['0']],
    ['999 far above', ['999', '999', ...levels], ['999']],
    ['a 0 that stands once', ['0', ...levels], []],
    ['0 of a count', rows.map((row) => String(row % 18)), []],
    ['99 of an age', rows.map((row) => String(row % 100)), []],
    ['0 among few values', rows.map((row) => String(100 * (row % 4))), []],
  ])('asks whether it is a value: %s', async (_, cells, markers) => {
    const proposal = await inspectColumn('days', cells);
    expect(proposal.suspectedMarkers.map(({ marker }) => marker)).toEqual(markers);
    expect(proposal.missingMarkers).toEqual([]);
    expect(proposal.missingCount).toBe(0);
  });

  it.each([
    ['nhs', rows.map(nhsNumber), { kind: 'nhs-number', unique: true }],
    ['surname', rows.map((row) => `Name${row % 50}`), { kind: 'family-name', unique: false }],
    ['first_name', rows.map((row) => `Name${row % 50}`), { kind: 'given-name', unique: false }],
    ['home phone', rows.map((row) => `555 ${row}`), { kind: 'phone', unique: true }],
    ['postcode', rows.map((row) => `SW1A ${row % 9}AA`), { kind: 'postcode', unique: false }],
    ['patient_id', rows.map((row) => String(row >> 1)), { kind: 'numeric-key', unique: false }],
    ['token', rows.map((row) => `k${row}`), { kind: 'key', unique: true }],
  ])('says what new values of %s could look like', async (name, cells, regenerate) => {
    expect(await inspectColumn(name, cells)).toMatchObject({ type: 'identifier', regenerate });
  });

  it('counts exactly where a column has too many texts to group', async () => {
    const cells = Array.from({ length: 260_000 }, (_, row) => `k${row % 250_000}`);
    const proposal = await inspectColumn('token', [...cells, '?', '']);
    expect(proposal).toMatchObject({ type: 'identifier', distinctCount: 250_000, missingCount: 2 });
  });
});
