import type { Coded } from '../../../core/events/coded.js';
import type { Mapping } from '../vocabulary/concept.js';
import { noMatchingConcept } from '../vocabulary/fixed-concepts.js';
import type { Vocabulary } from '../vocabulary/vocabulary.js';

/** The concepts of a release: every id that a row names passes through here, so that the vocabulary rows can be complete. */
export class UsedConcepts {
  readonly ids = new Set<number>([noMatchingConcept]);

  constructor(readonly vocabulary: Vocabulary) {}

  mark(id: number): number {
    this.ids.add(id);
    return id;
  }

  /** What a code is, counted as one use. */
  use(coded: Coded): Mapping {
    const mapping = this.vocabulary.find(coded);
    if (mapping === undefined) throw new Error(`The code ${coded.code} of ${coded.system} was not resolved.`);
    mapping.uses += 1;
    return mapping;
  }

  /** Of several names for one thing, the first that is a standard concept, else the first that is a concept, else the first. */
  useBest(codes: readonly Coded[]): Mapping | undefined {
    const [first] = codes;
    if (first === undefined) return undefined;
    if (codes.length === 1) return this.use(first);
    const known = (coded: Coded): Mapping | undefined => this.vocabulary.find(coded);
    const best =
      codes.find((coded) => (known(coded)?.targets.length ?? 0) > 0) ??
      codes.find((coded) => known(coded)?.source != null) ??
      first;
    return this.use(best);
  }

  /** The standard concept of a mapping, of one domain where it is given; 0 where there is none. */
  standard(mapping: Mapping, domain?: string): number {
    const target = mapping.targets.find((each) => domain === undefined || each.domain === domain);
    return this.mark(target?.id ?? noMatchingConcept);
  }

  /** The concept of the code as the source has it; 0 where there is none. */
  source(mapping: Mapping): number {
    return this.mark(mapping.source ?? noMatchingConcept);
  }
}
