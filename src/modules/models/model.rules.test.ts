import type { ColumnSchema } from '../../core/schema/schema.js';
import { type AskedColumn, refuseModelledColumns } from './model.rules.js';

const offered: ColumnSchema[] = [
  { name: 'age', type: 'integer', missingMarkers: [] },
  { name: 'nhs_number', type: 'identifier', missingMarkers: [] },
  { name: 'notes', type: 'free-text', missingMarkers: [] },
];
const column = (name: string, justification = 'Needed to teach about age.'): AskedColumn => ({
  name,
  justification,
});

describe('learning from columns', () => {
  it.each<[string | undefined, AskedColumn[]]>([
    [undefined, [column('age')]],
    ['INCOMPLETE', []],
    ['INCOMPLETE', [column('age', 'because  ')]],
    ['INCOMPLETE', [column('age', 'x'.repeat(2_001))]],
    ['UNKNOWN_COLUMN', [column('height')]],
    ['IDENTIFIER_COLUMN', [column('age'), column('nhs_number')]],
    ['IDENTIFIER_COLUMN', [column('notes')]],
    ['DUPLICATE_COLUMN', [column('age'), column('age')]],
  ])('is refused with %s for %j', (code, asked) => {
    expect(refuseModelledColumns(asked, offered)?.code).toBe(code);
  });
});
