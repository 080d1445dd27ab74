import type { Fields } from '../library/fields.js';
import type { Names } from '../names.js';
import { readCodes } from './values/read-codes.js';

/** How a medication is to be taken. */
export interface Prescription {
  readonly asNeeded: boolean;
  readonly refills: number | null;
  readonly dosage: {
    readonly amount: number;
    readonly frequency: number;
    readonly period: number;
    readonly unit: string;
  } | null;
  readonly duration: { readonly quantity: number; readonly unit: string } | null;
  /** The number of a list of codes, -1 for none. */
  readonly instructions: number;
}

export function readPrescription(fields: Fields, names: Names): Prescription {
  const dosage = fields.optionalChild('dosage');
  const duration = fields.optionalChild('duration');
  const instructions = fields.optionalChildren('instructions') ?? [];
  return {
    asNeeded: fields.flag('as_needed'),
    refills: fields.optionalNumber('refills'),
    dosage: dosage && {
      amount: dosage.number('amount'),
      frequency: dosage.number('frequency'),
      period: dosage.number('period'),
      unit: dosage.text('unit'),
    },
    duration: duration && { quantity: duration.number('quantity'), unit: duration.text('unit') },
    instructions: names.codes.list(readCodes(instructions)),
  };
}
