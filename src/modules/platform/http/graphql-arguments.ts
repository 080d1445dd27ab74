import { BREAK, type DocumentNode, visit } from 'graphql';

const listLengthMax = 2000;
const textLengthMax = 100_000;

interface Exceeded {
  readonly limit: string;
  readonly max: number;
}

/** Bounds what is handed in: how many members a list has and how long a text is. */
export class ArgumentLimits {
  /** Walks without recursion: callers choose how deep the value is. */
  exceededBy(variables: unknown): Exceeded | null {
    const open = [variables];
    while (open.length > 0) {
      const value = open.pop();
      if (typeof value === 'string' && value.length > textLengthMax) return tooLong;
      if (Array.isArray(value) && value.length > listLengthMax) return tooMany;
      if (typeof value === 'object' && value !== null) for (const one of Object.values(value)) open.push(one);
    }
    return null;
  }

  exceededIn(document: DocumentNode): Exceeded | null {
    const found: Exceeded[] = [];
    const note = (exceeded: Exceeded): typeof BREAK => {
      found.push(exceeded);
      return BREAK;
    };
    visit(document, {
      ListValue: ({ values }) => (values.length > listLengthMax ? note(tooMany) : undefined),
      StringValue: ({ value }) => (value.length > textLengthMax ? note(tooLong) : undefined),
    });
    return found[0] ?? null;
  }
}

const tooLong: Exceeded = { limit: 'the length of a text', max: textLengthMax };
const tooMany: Exceeded = { limit: 'the length of a list', max: listLengthMax };
