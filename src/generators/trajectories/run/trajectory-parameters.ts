/** What a mechanism pins of whose lives are simulated. */
export interface TrajectoryParameters {
  /** The day on which ages are counted and lives end: yyyy-mm-dd. */
  readonly referenceDate: string;
  readonly sex?: 'M' | 'F';
  readonly age?: { readonly low: number; readonly high: number };
  /** The name of a region, local authority or city. */
  readonly area?: string;
  /** `mixed`: lives as they come, some of them over by then. */
  readonly composition?: 'mixed' | 'living' | 'dead';
  /** Patterns of top-level modules with `*`; left out: all. */
  readonly modules?: readonly string[];
  /** Codes that every life has to have, and must not have, at its end. */
  readonly having?: readonly string[];
  readonly without?: readonly string[];
  /** Lives that are tried for one person at most. */
  readonly triesMax?: number;
  /** How far back records go; what lasts is kept whenever it began. */
  readonly yearsOfHistory?: number;
  /** Runs through polling loops at once: the same distribution of lives, other lives. */
  readonly fastForward?: boolean;
}

const names = { type: 'array', maxItems: 100, items: { type: 'string', minLength: 1, maxLength: 100 } };
const age = { type: 'integer', minimum: 0, maximum: 110 };

/** JSON Schema of {@link TrajectoryParameters}. */
export const parametersSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['referenceDate'],
  properties: {
    referenceDate: {
      type: 'string',
      pattern: '^(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$',
    },
    sex: { enum: ['M', 'F'] },
    age: {
      type: 'object',
      additionalProperties: false,
      required: ['low', 'high'],
      properties: { low: age, high: age },
    },
    area: { type: 'string', minLength: 1, maxLength: 100 },
    composition: { enum: ['mixed', 'living', 'dead'] },
    modules: names,
    having: names,
    without: names,
    triesMax: { type: 'integer', minimum: 1, maximum: 10_000 },
    yearsOfHistory: { type: 'integer', minimum: 0, maximum: 120 },
    fastForward: { type: 'boolean' },
  },
} as const satisfies Readonly<Record<string, unknown>>;

export const triesDefault = 1_000;
export const yearsOfHistoryDefault = 10;
