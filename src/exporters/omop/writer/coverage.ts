import type { Mapping } from '../vocabulary/concept.js';
import type { Vocabulary } from '../vocabulary/vocabulary.js';
import type { Losses } from '../rows/losses.js';
import type { KindCounts } from './happenings.js';

/** What of a release became standard concepts, and what did not fit: `mapping-coverage.json`. */
export interface MappingCoverage {
  readonly vocabulary: { readonly origin: string; readonly version: string };
  readonly events: KindCounts;
  readonly systems: readonly SystemCoverage[];
  /** By falling number of uses. */
  readonly unmapped: readonly UnmappedCode[];
  /** Texts that were wider than their field, by field; their beginnings were written. */
  readonly cutTexts: Readonly<Record<string, number>>;
  /** What OMOP has no place for, by what it is. */
  readonly leftOut: Readonly<Record<string, number>>;
}

interface SystemCoverage {
  readonly system: string;
  readonly vocabulary: string | null;
  readonly codes: number;
  readonly codesMapped: number;
  readonly uses: number;
  readonly usesMapped: number;
}

interface UnmappedCode {
  readonly system: string;
  readonly code: string;
  readonly display: string | null;
  readonly uses: number;
  readonly reason: 'no vocabulary for the system' | 'not in the vocabulary' | 'no standard concept';
}

export function mappingCoverage(vocabulary: Vocabulary, events: KindCounts, losses: Losses): MappingCoverage {
  const used = [...vocabulary.mappings()].filter(({ uses }) => uses > 0).sort(byUse);
  const systems = [...new Set(used.map(({ coded }) => coded.system))].sort();
  return {
    vocabulary: { origin: vocabulary.origin, version: vocabulary.version },
    events: Object.fromEntries(Object.entries(events).sort(([left], [right]) => (left < right ? -1 : 1))),
    systems: systems.map((system) => coverageOf(system, used)),
    unmapped: used.filter(({ targets }) => targets.length === 0).map(unmappedCode),
    cutTexts: losses.cutTexts(),
    leftOut: losses.leftOut(),
  };
}

function byUse(left: Mapping, right: Mapping): number {
  const name = ({ coded }: Mapping): string => `${coded.system}\n${coded.code}`;
  return right.uses - left.uses || (name(left) < name(right) ? -1 : 1);
}

function coverageOf(system: string, used: readonly Mapping[]): SystemCoverage {
  const own = used.filter(({ coded }) => coded.system === system);
  const mapped = own.filter(({ targets }) => targets.length > 0);
  const usesOf = (mappings: readonly Mapping[]): number => mappings.reduce((sum, { uses }) => sum + uses, 0);
  return {
    ...{ system, vocabulary: own[0]?.vocabulary ?? null, codes: own.length, codesMapped: mapped.length },
    ...{ uses: usesOf(own), usesMapped: usesOf(mapped) },
  };
}

function unmappedCode({ coded, vocabulary, source, uses }: Mapping): UnmappedCode {
  const reason =
    vocabulary === undefined
      ? 'no vocabulary for the system'
      : source === null
        ? 'not in the vocabulary'
        : 'no standard concept';
  return { system: coded.system, code: coded.code, display: coded.display ?? null, uses, reason };
}
