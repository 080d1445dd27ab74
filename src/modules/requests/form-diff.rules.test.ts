import { diffForms } from './form-diff.rules.js';

const form = { title: 'T', columns: ['a', 'b'], rows: 10, declarations: { one: true, two: true } };

describe('the difference of two forms', () => {
  it('is nothing when nothing changed, whatever the order of members', () => {
    expect(diffForms(form, { ...form, declarations: { two: true, one: true } })).toEqual([]);
  });

  it('names each field with what it was and is', () => {
    const after = { ...form, title: 'U', columns: ['b', 'a'], declarations: { one: true, two: false } };
    expect(diffForms(form, after)).toEqual([
      { field: 'title', before: '"T"', after: '"U"' },
      { field: 'columns', before: '["a","b"]', after: '["b","a"]' },
      { field: 'declarations', before: '{"one":true,"two":true}', after: '{"one":true,"two":false}' },
    ]);
  });
});
