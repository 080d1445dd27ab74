import { codeAveraged } from './code-averaged.js';
import { codeInConfiguration, codeTag } from './code-in-file.js';
import { countUnderFloor, countZero } from './count-under-floor.js';
import { countUnknown } from './count-unknown.js';
import { dateValuesListed } from './date-values-listed.js';
import { identifierSummarised } from './identifier-summarised.js';
import { infrastructureNamed, passwordInFile, schemaNamed } from './infrastructure-named.js';
import type { LintRule } from './lint-rule.js';
import { privacyBudgetUnledgered } from './privacy-budget-unledgered.js';
import {
  profileCellUnderFloor,
  profileControlLaxer,
  profileCountUnrounded,
  profileEdgeOffGrid,
  profileHashMismatch,
  profileIdentifierSummarised,
  profileIncomplete,
} from './profile-rules.js';
import { protectionOff } from './protection-off.js';
import {
  countFilterUnderFloor,
  queryNotUnderstood,
  queryWithoutCountFilter,
  recordsListed,
} from './query-filters.js';
import { rawExtreme } from './raw-extreme.js';
import { suppressionMissing } from './suppression-missing.js';
import { tableCopied } from './table-copied.js';
import { uncheckedFile } from './unchecked-file.js';
import { unknownStructure } from './unknown-structure.js';
import { unreadableFile } from './unreadable-file.js';
import { valuesInConfiguration } from './values-in-configuration.js';

/** Every rule there is, in the order people read them. */
export const lintRules: readonly LintRule[] = [
  ...[unreadableFile, unknownStructure, uncheckedFile],
  ...[dateValuesListed, identifierSummarised, codeAveraged],
  ...[countUnknown, countUnderFloor, countZero],
  ...[queryWithoutCountFilter, countFilterUnderFloor, recordsListed, suppressionMissing, queryNotUnderstood],
  ...[rawExtreme, protectionOff, privacyBudgetUnledgered],
  ...[infrastructureNamed, passwordInFile, schemaNamed],
  ...[codeTag, codeInConfiguration, valuesInConfiguration, tableCopied],
  ...[profileIncomplete, profileControlLaxer, profileCellUnderFloor, profileCountUnrounded],
  ...[profileEdgeOffGrid, profileIdentifierSummarised, profileHashMismatch],
];
