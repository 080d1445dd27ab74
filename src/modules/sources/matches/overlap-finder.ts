import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager, In, IsNull, Not } from 'typeorm';
import { overlapOf, type PeopleSketch } from '../../../core/people/people-sketch.js';
import { FinalJobError, LOGGER, type Logger, Transactions } from '../../platform/index.js';
import { ExtractFiles } from '../extract-files.js';
import { Source } from '../source.entity.js';
import { Upload } from '../upload.entity.js';
import { ExtractOverlap } from './extract-overlap.entity.js';
import { ExtractSketches, type SketchName } from './extract-sketches.js';
import { identifiersOf, sketchedColumns } from './sketched-columns.js';

/** Less than this is not kept; no policy asks for less. */
const shareKept = 0.01;

/** An extract that is or may become a source, and the columns of it that tell people apart as far as is known. */
interface OtherExtract {
  readonly contentHash: string;
  readonly upload: Upload;
  /** Null while nobody has confirmed the columns: any of them may be one. */
  readonly identifiers: readonly string[] | null;
}

/**
 * Holds an extract against all others, in the real zone. The sketches of an extract are there before it is compared, so
 * of two that come at once at least the second sees the first.
 */
@Injectable()
export class OverlapFinder {
  constructor(
    private readonly transactions: Transactions,
    private readonly extracts: ExtractFiles,
    private readonly sketches: ExtractSketches,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** @throws the reason of the signal, when aborted */
  async find(contentHash: string, signal: AbortSignal): Promise<ExtractOverlap[]> {
    const own = await this.readAll(contentHash, await this.sketches.columnsOf(contentHash));
    const found: ExtractOverlap[] = [];
    for (const other of await this.others(contentHash)) {
      signal.throwIfAborted();
      const columns = await this.columnsOf(other, signal);
      if (columns === null) continue;
      const wanted = columns.filter((name) => other.identifiers?.includes(name) ?? true);
      const theirs = await this.readAll(other.contentHash, wanted);
      found.push(...overlapsBetween({ contentHash, sketches: own }, { ...other, sketches: theirs }));
    }
    return found;
  }

  async keep(manager: EntityManager, found: readonly ExtractOverlap[]): Promise<void> {
    for (const one of found)
      await manager.createQueryBuilder().insert().into(ExtractOverlap).values(one).orIgnore().execute();
  }

  private async others(contentHash: string): Promise<OtherExtract[]> {
    const { reader } = this.transactions;
    const uploads = await reader.findBy(Upload, {
      contentHash: Not(In([contentHash])),
      state: In(['RECEIVED', 'INSPECTED', 'REGISTERED']),
    });
    const known = uploads.filter((upload) => upload.contentHash !== null && upload.columnNames !== null);
    const sources = await reader.findBy(Source, { kind: 'EXTRACT', uploadId: Not(IsNull()) });
    const byHash = new Map(known.map((upload) => [upload.contentHash ?? '', upload]));
    return [...byHash].map(([hash, upload]) => {
      const registered = sources.filter((source) => source.contentHash === hash);
      const isOpen = known.some((one) => one.contentHash === hash && one.state !== 'REGISTERED');
      const identifiers = isOpen ? null : registered.flatMap(identifiersOf);
      return { contentHash: hash, upload, identifiers };
    });
  }

  /** Of those with a sketch; extracts from before there were any, or of another key, are sketched now. */
  private async columnsOf(other: OtherExtract, signal: AbortSignal): Promise<string[] | null> {
    const { contentHash, upload, identifiers } = other;
    const found = await this.sketches.columnsOf(contentHash);
    if (found || upload.state === 'RECEIVED') return found;
    const all = upload.columnNames ?? [];
    const columns = sketchedColumns(all, upload.proposal ?? [], identifiers ?? []);
    try {
      await this.extracts.withExtract(contentHash, all, (extract) =>
        this.sketches.make(contentHash, columns, { extract, signal }),
      );
    } catch (error) {
      if (!(error instanceof FinalJobError)) throw error;
      // Its bytes are gone: nothing is learned from it any more, and nothing can be held against it.
      this.logger.error({ contentHash }, 'an extract could not be compared with the others');
      return null;
    }
    return this.sketches.columnsOf(contentHash);
  }

  private async readAll(contentHash: string, columns: readonly string[] | null): Promise<Sketches> {
    const names: SketchName[] = [null, ...(columns ?? []).map((column) => ({ column }))];
    const read = names.map(
      async (name) => [name?.column ?? null, await this.sketches.read(contentHash, name)] as const,
    );
    return new Map(await Promise.all(read));
  }
}

type Sketches = ReadonlyMap<string | null, PeopleSketch>;

interface Sketched {
  readonly contentHash: string;
  readonly sketches: Sketches;
}

function overlapsBetween(own: Sketched, other: Sketched): ExtractOverlap[] {
  const [one, two] = own.contentHash < other.contentHash ? [own, other] : [other, own];
  return [...one.sketches].flatMap(([oneColumn, mine]) =>
    [...two.sketches].flatMap(([otherColumn, theirs]) => {
      if ((oneColumn === null) !== (otherColumn === null)) return [];
      const overlap = overlapOf(mine, theirs);
      if (overlap.share < shareKept) return [];
      const share = Math.ceil(overlap.share * 100) / 100;
      const hashes = { oneHash: one.contentHash, otherHash: two.contentHash };
      return [{ ...hashes, oneColumn, otherColumn, shared: overlap.shared, share }];
    }),
  );
}
