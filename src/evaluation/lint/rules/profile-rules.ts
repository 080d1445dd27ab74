import { canonicalJson } from '../../../core/hashing/canonical-json.js';
import { sha256Hex } from '../../../core/hashing/sha256-hex.js';
import type { DisclosureControl } from '../../../core/profile/profile.js';
import { isIdentifierName } from '../column-meaning.js';
import { entryOf, plainValue, type DataNode } from '../data-node.js';
import { placeOf } from '../lint-folder.js';
import type { LintRule } from './lint-rule.js';
import { countsOf, publishedMin, wholeProfiles } from './profile-figures.js';
import { liesOnGrid } from './profile-grid.js';

export const profileIncomplete: LintRule = {
  id: 'profile-incomplete',
  title: 'A profile has all its parts',
  severity: 'fail',
  reason: 'A profile that lacks a part cannot be checked, and what cannot be checked does not pass.',
  find: ({ profiles }) =>
    profiles
      .filter(({ profile }) => profile === null)
      .map(({ node }) => placeOf(node, 'The profile lacks a part or has one that is none of its own.')),
};

export const profileControlLaxer: LintRule = {
  id: 'profile-control-laxer',
  title: 'A profile was made under the policy or a stricter one',
  severity: 'fail',
  reason: 'Requests may only tighten the policy.',
  find: ({ profiles }, control) =>
    wholeProfiles(profiles).flatMap(({ node, profile: { disclosureControl } }) =>
      laxerSettings(disclosureControl, control).map((name) => {
        const at = entryOf(entryOf(node, 'disclosureControl'), name) ?? node;
        return placeOf(at, 'This setting is laxer than the policy.');
      }),
    ),
};

function laxerSettings(own: DisclosureControl, policy: DisclosureControl): (keyof DisclosureControl)[] {
  const atLeast = (['cellCountMin', 'countRounding', 'tailShare'] as const).filter(
    (name) => !(own[name] >= policy[name]),
  );
  const atMost = (['binsMax', 'categoriesMax'] as const).filter((name) => !(own[name] <= policy[name]));
  return [...atLeast, ...atMost];
}

export const profileCellUnderFloor: LintRule = {
  id: 'profile-cell-under-floor',
  title: 'Every figure of a profile rests on enough records',
  severity: 'fail',
  reason: 'A value that few people have points to them.',
  find: ({ profiles }, control) =>
    wholeProfiles(profiles).flatMap((one) => {
      const least = publishedMin(one.profile, control);
      const small = countsOf(one).filter(
        ({ count, mayBeZero }) => !(count >= least) && !(mayBeZero && count === 0),
      );
      const why = `This count is under the floor of ${control.cellCountMin}.`;
      return small.map(({ node }) => placeOf(node, why));
    }),
};

export const profileCountUnrounded: LintRule = {
  id: 'profile-count-unrounded',
  title: 'Every count of a profile is rounded',
  severity: 'fail',
  reason: 'An exact count lets one person be found by comparing two profiles.',
  find: ({ profiles }) =>
    wholeProfiles(profiles).flatMap((one) => {
      const { countRounding } = one.profile.disclosureControl;
      const exact = countsOf(one).filter(({ count }) => count % countRounding !== 0);
      return exact.map(({ node }) => placeOf(node, 'This count is no multiple of the rounding.'));
    }),
};

export const profileEdgeOffGrid: LintRule = {
  id: 'profile-edge-off-grid',
  title: 'Every edge of a profile lies on the public grid',
  severity: 'fail',
  reason: 'An edge that lies nowhere in particular is a value of somebody.',
  find: ({ profiles }) =>
    wholeProfiles(profiles).flatMap(({ columns }) =>
      columns
        .filter(({ column }) => column.kind === 'numeric' && !liesOnGrid(column))
        .map(({ node }) =>
          placeOf(
            entryOf(node, 'edges') ?? node,
            'The edges are no rising steps on a grid of 1, 2 or 5 times a power of ten.',
          ),
        ),
    ),
};

export const profileIdentifierSummarised: LintRule = {
  id: 'profile-identifier-summarised',
  title: 'A profile says nothing of identifiers and free text',
  severity: 'fail',
  reason: 'Identifiers tell records apart; any summary of them says which records there are.',
  find: ({ profiles }) =>
    wholeProfiles(profiles).flatMap(({ columns }) =>
      columns
        .filter(({ column: { kind, type, name } }) => {
          const isOpen: boolean = ['identifier', 'free-text'].includes(type) || isIdentifierName(name);
          return kind !== 'withheld' && isOpen;
        })
        .map(({ node }) => placeOf(node, 'A column of identifiers or free text is summarised.')),
    ),
};

export const profileHashMismatch: LintRule = {
  id: 'profile-hash-mismatch',
  title: 'A profile is the one its hash names',
  severity: 'fail',
  reason: 'People sign a hash; a profile that has another is not the one they read.',
  find: ({ profiles }) =>
    profiles
      .filter(({ node, statedHash }) => statedHash !== undefined && statedHash !== hashOf(node))
      .map(({ root, node }) =>
        placeOf(
          entryOf(root, 'hash') ?? node,
          'The profile does not have the hash that the file or its name says.',
        ),
      ),
};

function hashOf(node: DataNode): string | null {
  try {
    return sha256Hex(canonicalJson(plainValue(node)));
  } catch (error) {
    if (error instanceof TypeError) return null; // Not JSON, so nobody can have signed it.
    throw error;
  }
}
