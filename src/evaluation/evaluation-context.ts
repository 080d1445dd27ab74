import type { ColumnSource } from '../core/table/column-source.js';
import type { Profile } from '../core/profile/profile.js';
import type { TableSchema } from '../core/schema/schema.js';
import type { Declared } from './declared.js';

/** How checks are stopped, and who hears of them while they run. */
export interface CheckRun {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: EvaluationProgress) => void;
  /** For the log of the real zone: the message of a crash may hold a source value, so no explanation repeats it. */
  readonly onCheckCrash?: (check: string, error: unknown) => void;
}

/** Everything a check may look at. It reads source rows, so it runs in the real zone and only figures leave it. */
export interface EvaluationContext extends CheckRun {
  /** The requested columns, in the requested order. */
  readonly schema: TableSchema;
  /** The signed profile the candidate was generated from; null when it was made from something else. */
  readonly profile: Profile | null;
  /** The real rows that were summarised or learned from; null when the generator saw no data at all. */
  readonly source: ColumnSource | null;
  /** Real rows of other subjects, which no generator has seen; null when none were held out. */
  readonly holdout: ColumnSource | null;
  /** The candidate's values as they are meant: what the file format escaped is unescaped, an empty cell is missing. */
  readonly candidate: ColumnSource;
  /** Learns from other rows as the candidate's mechanism did; absent where learning takes too long to repeat. */
  readonly refit?: Refit;
  /** What people declared about the data and their use; absent when nothing was. */
  readonly declared?: Declared;
  /** What the mechanism promises; absent or null when it promises nothing. */
  readonly privacyClaim?: PrivacyClaim | null;
  readonly rowsRequested: number;
  readonly package: PackageUnderCheck;
  /** The smallest count the policy in force allows. The profile's own floor counts when it is higher. */
  readonly cellCountFloor?: number;
  /** Of the draws that a check makes, so that the same candidate gets the same figures. */
  readonly seed?: string;
}

/** Fits the mechanism to rows of the source; equal seeds, equal rows, but for a mechanism with noise of its own. */
export type Refit = (rows: ColumnSource, seed: string) => Promise<RefitSampler>;

/** Synthetic rows with the columns of the request. */
type RefitSampler = (rowCount: number, seed: string) => Promise<ColumnSource>;

/** Differential privacy: e^epsilon bounds how much likelier any outcome is, but for a probability of delta. */
export interface PrivacyClaim {
  readonly epsilon: number;
  readonly delta: number;
  /** Which tables count as neighbours: one row more, or one row another. */
  readonly neighbours: 'add-remove' | 'replace-one';
}

/** The candidate's package as it lies in quarantine; a candidate manifest has this shape. */
export interface PackageUnderCheck {
  readonly manifest: ManifestUnderCheck;
  /** Every file of the package but the manifest. */
  readonly files: readonly PackagedFile[];
  readonly readmeText: string;
}

interface PackagedFile {
  readonly name: string;
  /** Of a CSV file: at least its heading line. */
  readonly headBytes?: Uint8Array;
  /** Of a file of data that tells its columns by itself. */
  readonly columnNames?: readonly string[];
}

interface ManifestUnderCheck {
  readonly synthetic: boolean;
  readonly label: string;
  readonly disclaimer: string;
  readonly files: readonly { readonly name: string; readonly role: string }[];
}

interface EvaluationProgress {
  /** The check that has just ended. */
  readonly check: string;
  readonly done: number;
  readonly total: number;
}
