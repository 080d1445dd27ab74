import type { CdmField, CdmTable } from '../../../core/omop/cdm.js';
import type { Cell, CellText } from './cell-text.js';
import { cellTextOf } from './cell-text.js';
import type { Losses } from './losses.js';

interface Slot {
  readonly toText: CellText;
  /** Where its value stands among those that are given. */
  readonly index: number;
  /** The rest of the line up to the next slot, constants included. */
  readonly after: string;
  readonly onCut: () => void;
}

export interface TemplateFields {
  /** The same in every row; fields that are neither here nor in a slot are NULL. */
  readonly constants: Readonly<Record<string, Cell>>;
  /** Fields whose values come with each row, in the order in which they come. */
  readonly slots: readonly string[];
}

/** A row of a table with the cells that do not change written once. */
export class RowTemplate {
  readonly #head: string;
  readonly #slots: readonly Slot[];
  readonly #cutConstants: readonly string[];

  /** @throws {CellProblem} for a constant that its field cannot hold, or a required field without a value */
  constructor(
    readonly table: CdmTable,
    fields: TemplateFields,
    readonly losses: Losses,
  ) {
    refuseStrangers(table, [...Object.keys(fields.constants), ...fields.slots]);
    const { head, slots, cut } = compile(table, fields, losses);
    this.#head = head;
    this.#slots = slots;
    this.#cutConstants = cut;
  }

  /** The line of the row, its end included. @throws {CellProblem} for a value that its field cannot hold */
  line(values: readonly Cell[]): string {
    let text = this.#head;
    for (const { toText, index, after, onCut } of this.#slots)
      text += toText(values[index] ?? null, onCut) + after;
    for (const field of this.#cutConstants) this.losses.cut(this.table.name, field);
    return text;
  }
}

function compile(
  table: CdmTable,
  { constants, slots }: TemplateFields,
  losses: Losses,
): { head: string; slots: Slot[]; cut: string[] } {
  const open: { toText: CellText; index: number; onCut: () => void; after: string }[] = [];
  const cut: string[] = [];
  let head = '';
  const append = (text: string): void => {
    const last = open.at(-1);
    if (last === undefined) head += text;
    else last.after += text;
  };
  table.fields.forEach((field: CdmField, place) => {
    if (place > 0) append(',');
    const index = slots.indexOf(field.name);
    const toText = cellTextOf(field);
    if (index < 0) append(toText(constants[field.name] ?? null, () => cut.push(field.name)));
    else {
      const onCut = (): void => {
        losses.cut(table.name, field.name);
      };
      open.push({ toText, index, onCut, after: '' });
    }
  });
  append('\n');
  return { head, slots: open, cut };
}

function refuseStrangers(table: CdmTable, names: readonly string[]): void {
  const stranger = names.find((name) => !table.fields.some((field) => field.name === name));
  if (stranger !== undefined) throw new Error(`OMOP table "${table.name}" has no field "${stranger}".`);
}
