import type { Definitions, ValueSetCodes } from '../definitions/read-definitions.js';
import type { Binding } from '../definitions/structure-definition.js';
import { isFields, type Check, type Fields, type Run } from './run.js';

/** How a code stands to a value set. */
type Standing =
  | 'in'
  /** Of a system of which the set has codes that cannot be listed here. */
  | 'unlisted'
  | 'other-system'
  /** A code of a system that the set lists, known from elsewhere. */
  | 'other-code'
  /** Of a system that the set lists, and nobody knows it. */
  | 'no-code';

/**
 * The check of a binding, for every type that can be bound. Required: the code has to be in the set; of a concept, one
 * of its codings. Extensible: a code of a system that the set lists is an error when no known set has it, and a warning
 * when it is only outside of this one; other systems and plain text may stand in. Undefined where the set cannot be listed.
 */
export function bindingCheck(binding: Binding, type: string, definitions: Definitions): Check | undefined {
  const codes = definitions.valueSets.get(binding.valueSet);
  if (codes === undefined) return undefined;
  const judge = new BindingJudge(binding, codes, definitions.codeSystems);
  if (type === 'CodeableConcept') return judge.concept;
  if (type === 'Coding' || type === 'Quantity') return judge.coding;
  return binding.strength === 'required' ? judge.code : undefined;
}

class BindingJudge {
  private readonly isRequired: boolean;
  private readonly bare: ReadonlySet<string> | null;

  constructor(
    private readonly binding: Binding,
    private readonly codes: ValueSetCodes,
    private readonly codeSystems: Definitions['codeSystems'],
  ) {
    this.isRequired = binding.strength === 'required';
    this.bare = bareCodes(codes);
  }

  readonly code: Check = (value, run) => {
    if (this.bare === null || typeof value !== 'string' || value === '') return;
    if (!this.bare.has(value)) run.fail('binding', `is a code that is not in ${this.binding.valueSet}`);
  };

  readonly coding: Check = (value, run) => {
    if (!isFields(value)) return;
    if (value['code'] === undefined) {
      if (this.isRequired && value['extension'] === undefined) this.missing(run);
    } else this.report(this.standing(value), run);
  };

  readonly concept: Check = (value, run) => {
    if (!isFields(value)) return;
    const codings = value['coding'];
    if (!Array.isArray(codings)) {
      if (this.isRequired && value['extension'] === undefined) this.missing(run);
      return;
    }
    let worst: Standing = 'other-system';
    for (const coding of codings as unknown[]) {
      const standing = isFields(coding) ? this.standing(coding) : 'other-system';
      if (standing === 'in' || standing === 'unlisted') return;
      if (standing === 'no-code' || worst === 'other-system') worst = standing;
    }
    this.report(worst, run);
  };

  private standing({ system, code }: Fields): Standing {
    if (typeof system !== 'string' || typeof code !== 'string') return 'other-system';
    const codes = this.codes.get(system);
    if (codes === undefined) return 'other-system';
    if (codes === null) return 'unlisted';
    if (codes.has(code)) return 'in';
    return this.codeSystems.get(system)?.has(code) === true ? 'other-code' : 'no-code';
  }

  private report(standing: Standing, run: Run): void {
    const { valueSet } = this.binding;
    if (standing === 'in' || standing === 'unlisted') return;
    if (this.isRequired) run.fail('binding', `has no code of ${valueSet}, which is required`);
    else if (standing === 'no-code')
      run.fail('binding', `has a code that its system does not have, as far as ${valueSet} lists it`);
    else if (standing === 'other-code')
      run.warn('binding', `has a code of a system that ${valueSet} lists, but not one of its codes`);
  }

  private missing(run: Run): void {
    run.fail('binding', `has no code, and one of ${this.binding.valueSet} is required`);
  }
}

/** The codes of a set without their systems; null when some cannot be listed. */
function bareCodes(codes: ValueSetCodes): ReadonlySet<string> | null {
  const all = new Set<string>();
  for (const ofSystem of codes.values()) {
    if (ofSystem === null) return null;
    for (const code of ofSystem) all.add(code);
  }
  return all;
}
