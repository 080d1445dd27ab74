import type { DisclosureControl } from '../../../core/profile/profile.js';
import type { LintSeverity, Place } from '../finding.js';
import type { LintFolder } from '../lint-folder.js';

/** One thing that must not leave, or that a person must look at. */
export interface LintRule {
  readonly id: string;
  /** What holds where the rule finds nothing. */
  readonly title: string;
  readonly severity: LintSeverity;
  /** One sentence for the documentation: why it matters. */
  readonly reason: string;
  find(folder: LintFolder, control: DisclosureControl): readonly Place[];
}
