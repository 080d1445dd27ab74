import type { Finding, Rule } from '../finding.js';

/** A JSON object that is looked at. */
export type Fields = Readonly<Record<string, unknown>>;

/** Looks at one value; what is wrong goes to the run. */
export type Check = (value: unknown, run: Run) => void;

/** Hears of what only a whole release can judge. */
export interface Watch {
  /** A literal reference, such as `Patient/1`. */
  reference(reference: string, run: Run): void;
  system(system: string, run: Run): void;
  identifier(identifier: Fields, run: Run): void;
}

const noContained: ReadonlyMap<string, string> = new Map();

/** Where one validation is and what it has found. The path is kept as steps: it becomes text only for a finding. */
export class Run {
  readonly findings: Finding[] = [];
  readonly steps: (string | number)[] = [];
  depth = 0;
  /** Types of the resources contained in the one that is looked at, by their ids. */
  contained: ReadonlyMap<string, string> = noContained;
  isContained = false;
  /** Local references met in the resource; only kept when it contains something. */
  readonly localReferences = new Set<string>();

  constructor(
    /** Undefined when the resource is looked at alone. */
    readonly watch: Watch | undefined,
  ) {}

  fail(rule: Rule, why: string, key?: string): void {
    this.add('error', rule, why, key);
  }

  warn(rule: Rule, why: string, key?: string): void {
    this.add('warning', rule, why, key);
  }

  add(severity: Finding['severity'], rule: Rule, why: string, key?: string): void {
    this.findings.push({ severity, rule, ...(key === undefined ? {} : { key }), path: this.path(), why });
  }

  /** Runs a check one step further down. */
  within(step: string | number, value: unknown, check: Check): void {
    this.steps[this.depth] = step;
    this.depth += 1;
    check(value, this);
    this.depth -= 1;
  }

  path(): string {
    let path = '';
    for (let index = 0; index < this.depth; index += 1) {
      const step = this.steps[index];
      path += typeof step === 'number' ? `[${step}]` : index === 0 ? (step ?? '') : `.${step ?? ''}`;
    }
    return path;
  }
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a value is called in a finding. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
