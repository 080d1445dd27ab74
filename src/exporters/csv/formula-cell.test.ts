import fc from 'fast-check';
import { escapeCell, isFormula, unescapeCell } from './formula-cell.js';

describe('a cell that a spreadsheet would run', () => {
  it.each(['=1+1', '+A1', '-A1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '-', '--1', '+1-2', '=', '\uFF1D1+1'])(
    'is made safe: %j',
    (text) => {
      expect(isFormula(text)).toBe(true);
      expect(escapeCell(text)).toBe(`'${text}`);
    },
  );

  it.each(['', 'A', '-1', '+1', '-1.5', '+1.5e-3', '-.5', 'a=b', "'quoted'", '1-2'])('is not %j', (text) => {
    expect(escapeCell(text)).toBe(text);
  });

  it('comes back as it was, whatever it was', () => {
    const text = fc.string({ unit: fc.constantFrom("'", '=', '-', '+', '@', '\t', '1', '.', 'a') });
    fc.assert(fc.property(text, (value) => unescapeCell(escapeCell(value)) === value));
    fc.assert(fc.property(text, (value) => !isFormula(escapeCell(value))));
  });
});
