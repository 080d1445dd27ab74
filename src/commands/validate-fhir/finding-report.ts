import type { PlacedFinding } from '../../exporters/fhir-validation/release/place.js';

/** Counts findings and keeps the first ones: a mistake of a writer comes once in every resource. */
export class FindingReport {
  errors = 0;
  warnings = 0;
  readonly shown: PlacedFinding[] = [];
  private readonly kinds = new Map<string, number>();

  constructor(
    /** How many of one kind are kept. */
    private readonly mostOfKind: number,
  ) {}

  add(finding: PlacedFinding): void {
    if (finding.severity === 'error') this.errors += 1;
    else this.warnings += 1;
    const kind = kindOf(finding);
    const count = (this.kinds.get(kind) ?? 0) + 1;
    this.kinds.set(kind, count);
    if (count <= this.mostOfKind) this.shown.push(finding);
  }

  /** What was found how often; the most frequent first. */
  table(): readonly { readonly kind: string; readonly count: number }[] {
    return [...this.kinds]
      .map(([kind, count]) => ({ kind, count }))
      .sort((a, b) => b.count - a.count || (a.kind < b.kind ? -1 : 1));
  }
}

/** The same finding at the same element, whichever entries of lists it is in. */
function kindOf({ severity, rule, key, path }: PlacedFinding): string {
  const name = key === undefined ? rule : `${rule} ${key}`;
  return `${severity} ${name} at ${path.replace(/\[\d+\]/g, '[]')}`;
}

/** `FILE:LINE: error rule key: PATH why`. */
export function findingText({ file, line, severity, rule, key, path, why }: PlacedFinding): string {
  const name = key === undefined ? rule : `${rule} ${key}`;
  return `${file}:${line}: ${severity} ${name}: ${path} ${why}`;
}
