import { type CataloguedRelease, type CatalogueTerms, disclosedRelease } from './catalogue.rules.js';

const aRelease = (change: Partial<CataloguedRelease> = {}): CataloguedRelease & { readonly id: string } => ({
  id: 'one',
  tier: 'HIGH',
  title: 'Oncology',
  releaseNotes: 'Made for a course.',
  limitations: 'No time series.',
  downloaderCount: 0,
  ...change,
});
const terms = (change: Partial<CatalogueTerms> = {}): CatalogueTerms => ({
  titlesOfTierHigh: true,
  disclosure: { cellCountMin: 10, countRounding: 5 },
  ...change,
});

describe('the catalogue', () => {
  it('says nothing in words of tier HIGH unless the policy lets it', () => {
    const withheld = disclosedRelease(aRelease(), terms({ titlesOfTierHigh: false }));
    expect(withheld).toEqual({
      ...{ id: 'one', tier: 'HIGH', title: null, releaseNotes: null, limitations: null, downloaders: null },
    });
    expect(disclosedRelease(aRelease(), terms()).title).toBe('Oncology');
  });

  it.each(['LOW', 'STRUCTURAL'] as const)('names releases of tier %s whatever the policy', (tier) => {
    const shown = disclosedRelease(aRelease({ tier }), terms({ titlesOfTierHigh: false }));
    expect([shown.title, shown.limitations]).toEqual(['Oncology', 'No time series.']);
  });

  it.each([
    [0, null],
    [1, null],
    [9, null],
    [10, 10],
    [12, 10],
    [13, 15],
  ])('shows %d people who downloaded as %s', (downloaderCount, shown) => {
    expect(disclosedRelease(aRelease({ downloaderCount }), terms()).downloaders).toBe(shown);
  });
});
