import { canonicalJson } from '../../src/core/hashing/canonical-json.js';
import { sha256Hex } from '../../src/core/hashing/sha256-hex.js';
import type { LintCase } from './lint-case.js';

const control = { cellCountMin: 10, countRounding: 5, tailShare: 0.01, binsMax: 50, categoriesMax: 100 };
const numeric = {
  ...{ kind: 'numeric', name: 'dose', type: 'number', count: 900, missingCount: 100, decimals: 1 },
  edges: [0.5, 1, 2.5],
  counts: [400, 500],
};
const categorical = {
  ...{ kind: 'categorical', name: 'sex', type: 'category', count: 1000, missingCount: null, pooledCount: 0 },
  categories: [
    { value: 'F', count: 520 },
    { value: 'M', count: 480 },
  ],
};
const withheld = {
  kind: 'withheld',
  name: 'nhs',
  type: 'identifier',
  count: 1000,
  missingCount: 0,
  reason: 'identifier',
};

const profile = (changed: object = {}, ...columns: readonly object[]): object => ({
  ...{ version: 1, sourceHash: 'h', rows: 1000, disclosureControl: control },
  columns: columns.length > 0 ? columns : [numeric, categorical, withheld],
  ...changed,
});
const file = (content: object, name = 'profile.json'): Record<string, string> => ({
  [name]: JSON.stringify(content),
});
const hash = sha256Hex(canonicalJson(profile()));
const good = file(profile());

/** For each rule about profiles, what makes it speak and what does not. */
export const profileCases: Readonly<Record<string, LintCase>> = {
  'profile-incomplete': {
    fires: [
      ['profile', file(profile({ rows: undefined }))],
      ['profile', file(profile({}, { ...numeric, edges: [1, 2] }))],
      ['profile', file(profile({ version: 2 }))],
      ['profile', file(profile({}, { ...categorical, missingCount: undefined }))],
    ],
    silent: [good],
  },
  'profile-control-laxer': {
    fires: [
      [
        'profile.disclosureControl.cellCountMin',
        file(profile({ disclosureControl: { ...control, cellCountMin: 5 } })),
      ],
    ],
    silent: [good, file(profile({ disclosureControl: { ...control, cellCountMin: 20 } }))],
  },
  'profile-cell-under-floor': {
    fires: [
      ['profile.columns[0].counts[1]', file(profile({}, { ...numeric, counts: [400, 5] }))],
      ['profile.columns[0].counts[1]', file(profile({}, { ...numeric, counts: [400, 0] }))],
      [
        'profile.columns[0].categories[0].count',
        file(profile({}, { ...categorical, categories: [{ value: 'F', count: 5 }] })),
      ],
      ['profile.columns[0].pooledCount', file(profile({}, { ...categorical, pooledCount: 5 }))],
      ['profile.columns[0].missingCount', file(profile({}, { ...withheld, missingCount: 5 }))],
      ['profile.rows', file(profile({ rows: 5 }))],
    ],
    silent: [good, file(profile({}, { ...numeric, counts: [10, 500], missingCount: 0 }))],
  },
  'profile-count-unrounded': {
    fires: [
      ['profile.columns[0].counts[0]', file(profile({}, { ...numeric, counts: [401, 500] }))],
      ['profile.columns[0].count', file(profile({}, { ...withheld, count: 998 }))],
    ],
    silent: [good],
  },
  'profile-edge-off-grid': {
    fires: [
      ['profile.columns[0].edges', file(profile({}, { ...numeric, edges: [0.53, 1, 2.5] }))],
      ['profile.columns[0].edges', file(profile({}, { ...numeric, edges: [0, 17, 100_000], decimals: 0 }))],
      ['profile.columns[0].edges', file(profile({}, { ...numeric, edges: [2, 1, 3] }))],
    ],
    silent: [good, file(profile({}, { ...numeric, edges: [0, 50, 100_000], decimals: 0 }))],
  },
  'profile-identifier-summarised': {
    fires: [
      ['profile.columns[0]', file(profile({}, { ...categorical, name: 'person_id' }))],
      ['profile.columns[0]', file(profile({}, { ...categorical, type: 'identifier' }))],
      ['profile.columns[0]', file(profile({}, { ...numeric, name: 'nhs_number' }))],
    ],
    silent: [good],
  },
  'profile-hash-mismatch': {
    fires: [
      ['profile.hash', file({ hash: '0'.repeat(64), profile: profile() })],
      [`profile-${hash}`, file(profile({ rows: 1005 }), `profile-${hash}.json`)],
    ],
    silent: [good, file({ hash, profile: profile() }), file(profile(), `profile-${hash}.json`)],
  },
};
