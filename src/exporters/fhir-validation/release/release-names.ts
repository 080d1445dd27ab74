import type { Place, PlacedFinding } from './place.js';
import { IdTable } from './id-table.js';

/** The names of a release's resources, and the references that have not been met by one yet. */
export class ReleaseNames {
  private readonly names = new IdTable();
  private readonly pending = new IdTable();
  private readonly waiting: ({ readonly place: Place; readonly path: string } | undefined)[] = [];

  /** Answers whether the name is new. */
  add(name: string): boolean {
    if (this.names.add(name, 0) >= 0) return false;
    const waiting = this.pending.get(name);
    if (waiting >= 0) this.waiting[waiting] = undefined;
    return true;
  }

  /** Notes a reference; of several to the same thing that is not there the first counts. */
  refer(reference: string, path: string, place: Place): void {
    const name = withoutVersion(reference);
    if (this.names.get(name) >= 0) return;
    if (this.pending.add(name, this.waiting.length) < 0) this.waiting.push({ place, path });
  }

  unresolved(): PlacedFinding[] {
    return this.waiting.flatMap((one) =>
      one === undefined
        ? []
        : [
            {
              ...one.place,
              ...{ severity: 'error', rule: 'unresolved-reference', path: one.path },
              why: 'refers to something that is not in the release',
            } as const,
          ],
    );
  }
}

function withoutVersion(reference: string): string {
  const history = reference.indexOf('/_history/');
  return history < 0 ? reference : reference.slice(0, history);
}
