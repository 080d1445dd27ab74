import { type AuditLink, type BrokenLink, ChainWalk } from './audit.chain.js';
import type { AuditHead } from './audit-head.js';
import { headLineHash } from './heads-events.js';
import { type HeadsFile, headsOf } from './read-heads.js';

export interface VerifyOptions {
  /** Null: there is no heads file to compare with. */
  readonly heads: HeadsFile | null;
  /** The heads file may end earlier than the chain: a copy kept elsewhere. */
  readonly olderHeads: boolean;
}

export interface VerifyResult {
  readonly events: number;
  readonly broken: BrokenLink | null;
  /** Signed heads that are those of the chain. */
  readonly matching: number;
  readonly newest: AuditHead | null;
  /** Signed heads the chain tells of and the heads file does not hold. */
  readonly absent: number;
  /** What is wrong with the heads file as a whole; null with `heads: null`. */
  readonly headsProblem: string | null;
}

/** An event, or null where there should be one and nothing can be read. */
export type ReadLink = AuditLink | null;

/** Follows a chain once, in constant memory but for the heads, and compares it with the signed heads. */
export async function verifyChain(
  links: AsyncIterable<ReadLink>,
  options: VerifyOptions,
): Promise<VerifyResult> {
  const check = new ChainCheck(options);
  for await (const link of links) check.take(link);
  return check.end();
}

class ChainCheck {
  private readonly walk = new ChainWalk();
  private readonly heads: ReadonlyMap<string, readonly AuditHead[]>;
  private readonly lineHashes: ReadonlySet<string>;
  private events = 0;
  private broken: BrokenLink | null = null;
  private matching = 0;
  private newest: AuditHead | null = null;
  private absent: { readonly count: number; readonly first: string } | null = null;
  private isGapInside = false;

  constructor(private readonly options: VerifyOptions) {
    const heads = new Map<string, AuditHead[]>();
    for (const { head } of options.heads ? headsOf(options.heads) : []) {
      heads.set(head.sequence, [...(heads.get(head.sequence) ?? []), head]);
    }
    this.heads = heads;
    this.lineHashes = new Set(options.heads?.lines.map(({ hash }) => hash));
  }

  take(link: ReadLink): void {
    this.events += 1;
    if (this.broken) return;
    if (link === null) {
      this.broken = { sequence: this.walk.next, why: 'its line is not as an export writes it' };
      return;
    }
    this.broken = this.walk.step(link) ?? this.compare(link);
    if (!this.broken) this.lookForLine(link);
  }

  end(): VerifyResult {
    this.broken ??= this.cutOff();
    const { events, broken, matching, newest, absent } = this;
    return {
      events,
      broken,
      matching,
      newest,
      absent: absent?.count ?? 0,
      headsProblem: this.headsProblem(),
    };
  }

  private compare(link: AuditLink): BrokenLink | null {
    for (const head of this.heads.get(link.sequence) ?? []) {
      if (head.hash !== link.hash || head.at !== link.at) {
        const since = BigInt(this.newest?.sequence ?? 0) + 1n;
        const why = `it is not the event that was signed on ${head.signedAt}; what was replaced begins at event ${since} or later`;
        return { sequence: link.sequence, why };
      }
      this.matching += 1;
      this.newest = head;
    }
    return null;
  }

  private cutOff(): BrokenLink | null {
    const beyond = [...this.heads.values()]
      .flat()
      .find((head) => BigInt(head.sequence) >= BigInt(this.walk.next));
    if (!beyond) return null;
    const why = `the event is missing: on ${beyond.signedAt} the chain was signed up to event ${beyond.sequence}`;
    return { sequence: this.walk.next, why };
  }

  private lookForLine(link: AuditLink): void {
    const hash = headLineHash(link);
    if (hash === null || !this.options.heads) return;
    if (!this.lineHashes.has(hash)) {
      this.absent = { count: (this.absent?.count ?? 0) + 1, first: this.absent?.first ?? link.sequence };
    } else if (this.absent) this.isGapInside = true;
  }

  private headsProblem(): string | null {
    const { heads, olderHeads } = this.options;
    if (heads?.problem) return `line ${heads.problem.line}: ${heads.problem.why}`;
    if (heads?.isTorn) return `line ${heads.lines.length + 1}: it is cut off`;
    if (!this.absent || (olderHeads && !this.isGapInside)) return null;
    return `event ${this.absent.first} tells of a signed line that is not there`;
  }
}
