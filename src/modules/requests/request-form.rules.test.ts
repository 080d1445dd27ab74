import type { ColumnSchema } from '../../core/schema/schema.js';
import { refuseForm, type RequestForm } from './request-form.rules.js';

const column = (name: string, type: ColumnSchema['type']): ColumnSchema => ({
  name,
  type,
  missingMarkers: [],
});
const bounds = {
  sourceKind: 'EXTRACT',
  sourceColumns: [
    column('age', 'integer'),
    column('sex', 'category'),
    column('nhs', 'identifier'),
    column('note', 'free-text'),
  ],
  rowsMax: 1000,
  personsMax: 50,
  formats: ['csv'],
  measured: [],
} as const;
const declarations = {
  notForDirectCare: true,
  noReIdentification: true,
  nonCommercial: true,
  noConflictOfInterest: true,
};
const form: RequestForm = {
  title: 'Ages',
  purpose: 'Teach statistics to first-year students.',
  tier: 'LOW',
  columns: ['age', 'sex'],
  rows: 100,
  formats: ['csv'],
  declarations,
};

describe('the form of a request', () => {
  it('is taken when it is complete', () => {
    expect(refuseForm(form, bounds)).toBeNull();
    expect(refuseForm({ ...form, rows: 1, purpose: 'x'.repeat(20) }, bounds)).toBeNull();
  });

  it('says what is not synthesised', () => {
    expect(refuseForm({ ...form, columns: ['nhs'] }, bounds)?.message).toContain('an identifier');
    expect(refuseForm({ ...form, columns: ['note'] }, bounds)?.message).toContain('a free-text');
  });

  it.each<[Partial<RequestForm>, string, string]>([
    [{ title: ' ' }, 'INCOMPLETE', 'title'],
    [{ purpose: 'Fun' }, 'INCOMPLETE', 'purpose'],
    [{ columns: [] }, 'INCOMPLETE', 'columns'],
    [{ columns: ['age', 'height'] }, 'UNKNOWN_COLUMN', 'height'],
    [{ columns: ['nhs'] }, 'IDENTIFIER_COLUMN', 'nhs'],
    [{ columns: ['note'] }, 'IDENTIFIER_COLUMN', 'note'],
    [{ columns: ['age', 'age'] }, 'DUPLICATE_COLUMN', 'age'],
    [{ rows: 0 }, 'ROWS_OUT_OF_BOUNDS', 'rows'],
    [{ rows: -1 }, 'ROWS_OUT_OF_BOUNDS', 'rows'],
    [{ rows: 1.5 }, 'ROWS_OUT_OF_BOUNDS', 'rows'],
    [{ rows: 1001 }, 'ROWS_OUT_OF_BOUNDS', 'rows'],
    [{ formats: [] }, 'INCOMPLETE', 'formats'],
    [{ formats: ['xlsx'] }, 'UNSUPPORTED_FORMAT', 'formats'],
    [{ declarations: { ...declarations, nonCommercial: false } }, 'DECLARATION_MISSING', 'nonCommercial'],
  ])('is refused with %j: %s at %s', (change, code, place) => {
    expect(refuseForm({ ...form, ...change }, bounds)).toMatchObject({ code, place });
  });

  describe('for simulated lives', () => {
    const lives = { ...form, tier: 'STRUCTURAL', columns: [], rows: 50 };
    const byRules = { ...bounds, sourceKind: 'RULES', sourceColumns: [] } as const;

    it('is taken when it is complete', () => {
      expect(refuseForm(lives, byRules)).toBeNull();
    });

    it.each<[Partial<RequestForm>, string, string]>([
      [{ tier: 'LOW' }, 'UNSUPPORTED_TIER', 'tier'],
      [{ columns: ['age'] }, 'UNKNOWN_COLUMN', 'age'],
      [{ rows: 51 }, 'ROWS_OUT_OF_BOUNDS', 'rows'],
      [{ formats: ['xlsx'] }, 'UNSUPPORTED_FORMAT', 'formats'],
    ])('is refused with %j: %s at %s', (change, code, place) => {
      expect(refuseForm({ ...lives, ...change }, byRules)).toMatchObject({ code, place });
    });
  });

  it('is refused for a tier without thresholds', () => {
    expect(refuseForm(form, { ...bounds, rowsMax: undefined })).toMatchObject({ code: 'UNSUPPORTED_TIER' });
  });
});
