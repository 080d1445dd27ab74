import type { Profile } from '../../core/profile/profile.js';

/** A profile with a column of every kind; the names of no real place or person. */
export const aProfile: Profile = {
  version: 1,
  sourceHash: '0'.repeat(64),
  disclosureControl: { cellCountMin: 10, countRounding: 5, tailShare: 0.01, binsMax: 50, categoriesMax: 100 },
  rows: 1000,
  columns: [
    {
      name: 'nhs number',
      kind: 'withheld',
      type: 'identifier',
      reason: 'identifier',
      missingCount: 0,
      count: 1000,
    },
    {
      name: 'ward',
      kind: 'categorical',
      type: 'category',
      missingCount: 50,
      count: 950,
      categories: [
        { value: 'Élan "North", 1', count: 600 },
        { value: '=B', count: 300 },
      ],
      pooledCount: 50,
    },
    {
      name: 'smoker',
      kind: 'categorical',
      type: 'boolean',
      missingCount: null,
      count: 995,
      categories: [
        { value: 'false', count: 800 },
        { value: 'true', count: 195 },
      ],
      pooledCount: 0,
    },
    {
      name: 'creatinine',
      kind: 'numeric',
      type: 'number',
      decimals: 2,
      missingCount: 200,
      count: 800,
      edges: [-0.5, 0.5, 1, 1.5, 5],
      counts: [100, 400, 250, 50],
    },
    {
      name: 'age',
      kind: 'numeric',
      type: 'integer',
      decimals: 0,
      missingCount: 0,
      count: 1000,
      edges: [20, 40, 60, 90],
      counts: [300, 300, 400],
    },
    {
      name: 'admitted',
      kind: 'numeric',
      type: 'date',
      decimals: 0,
      missingCount: 0,
      count: 1000,
      edges: [-3650, 0, 18_250],
      counts: [100, 900],
    },
    {
      name: 'seen at',
      kind: 'numeric',
      type: 'datetime',
      decimals: 0,
      missingCount: 10,
      count: 990,
      edges: [1.5e12, 1.6e12, 1.7e12],
      counts: [490, 500],
    },
  ],
};

/** Those that can be generated. */
export const columnNames = aProfile.columns.filter(({ kind }) => kind !== 'withheld').map(({ name }) => name);
