/** Who a part of a document comes from. */
export type Origin = 'records' | 'person';

/** A part of a document. All texts are plain: the writers escape them, so no text can become markup. */
export type Block =
  | { readonly kind: 'heading'; readonly level: 2 | 3; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'hint'; readonly text: string }
  /** What a person wrote, or what was filled in from the records. Lines are kept. */
  | { readonly kind: 'statement'; readonly origin: Origin; readonly text: string }
  | {
      readonly kind: 'facts';
      readonly origin: Origin;
      readonly title: string;
      readonly facts: readonly { readonly label: string; readonly value: string }[];
    }
  | {
      readonly kind: 'table';
      readonly origin: Origin;
      readonly title: string;
      readonly head: readonly string[];
      readonly rows: readonly (readonly string[])[];
    };

/** A report for people, before it is Markdown or HTML. */
export interface Document {
  readonly title: string;
  readonly blocks: readonly Block[];
}

export const originWords: Readonly<Record<Origin, string>> = {
  records: 'Filled in from the records',
  person: 'Written by a person',
};
