import type {
  CategoricalProfile,
  ColumnProfile,
  NumericProfile,
  Profile,
} from '../../core/profile/profile.js';
import type { ColumnSource } from '../../core/table/column-source.js';
import type { EvaluationContext, PackageUnderCheck } from '../evaluation-context.js';

const sentence = 'These data are artificially generated, any resemblance to real patients is coincidental.';

export function aNumericProfile(
  column: Partial<NumericProfile> & Pick<NumericProfile, 'name'>,
): NumericProfile {
  const counts = column.counts ?? [100];
  const count = counts.reduce((sum, bin) => sum + bin, 0);
  return {
    kind: 'numeric',
    type: 'number',
    decimals: 0,
    missingCount: 0,
    edges: [0, 10],
    counts,
    count,
    ...column,
  };
}

export function aCategoricalProfile(
  column: Partial<CategoricalProfile> & Pick<CategoricalProfile, 'name' | 'categories'>,
): CategoricalProfile {
  const pooledCount = column.pooledCount ?? 0;
  const count = column.categories.reduce((sum, category) => sum + category.count, pooledCount);
  return { kind: 'categorical', type: 'category', missingCount: 0, pooledCount, count, ...column };
}

export function aProfile(columns: readonly ColumnProfile[], rows = 100): Profile {
  const disclosureControl = {
    cellCountMin: 10,
    countRounding: 5,
    tailShare: 0.01,
    binsMax: 50,
    categoriesMax: 100,
  };
  return { version: 1, sourceHash: '0'.repeat(64), disclosureControl, rows, columns };
}

export function aPackage(changes: Partial<PackageUnderCheck> = {}): PackageUnderCheck {
  return {
    manifest: {
      synthetic: true,
      label: 'SYNTHETIC',
      disclaimer: sentence,
      files: [
        { name: 'heart-synthetic.csv', role: 'data' },
        { name: 'README.md', role: 'readme' },
      ],
    },
    files: [{ name: 'heart-synthetic.csv' }, { name: 'README.md' }],
    readmeText: `# Heart\n\n**${sentence}**\n`,
    ...changes,
  };
}

/** The whole profile is requested, as many rows as the candidate has. */
export function anEvaluation(
  given: Partial<EvaluationContext> & {
    readonly columns?: readonly ColumnProfile[];
    readonly source: ColumnSource;
    readonly profile?: Profile;
    readonly candidate: ColumnSource;
  },
): EvaluationContext {
  const { columns = [], ...rest } = given;
  const profile = rest.profile ?? aProfile(columns, rest.source.rowCount);
  return {
    schema: { columns: profile.columns.map(({ name, type }) => ({ name, type, missingMarkers: [] })) },
    profile,
    holdout: null,
    rowsRequested: rest.candidate.rowCount,
    package: aPackage(),
    ...rest,
  };
}
