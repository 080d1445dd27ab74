import type { CdmField } from '../../../core/omop/cdm.js';
import { msPerDay } from '../../../core/time/units.js';
import { dateText } from '../../csv/date-text.js';
import { CellProblem } from './omop-row-error.js';

/** Dates and times are milliseconds since 1970-01-01T00:00Z; null is NULL. */
export type Cell = number | string | null;

/** The CSV text of a value of one field; `onCut` is told of a text that was too long. */
export type CellText = (value: Cell, onCut: () => void) => string;

const int32Max = 2_147_483_647;
const needsCare = /[",\r\n\0]/;

/**
 * How the values of a field are written: integers of 32 bits, numbers as they are, ISO dates, texts no wider than the
 * field. The empty text is NULL, as it is for whoever loads the file.
 * @throws {CellProblem} by the function, for a value that the field cannot hold
 */
export function cellTextOf(field: CdmField): CellText {
  const write = presentCell(field);
  return (value, onCut) => {
    if (value !== null && value !== '') return write(value, onCut);
    if (field.isRequired) throw new CellProblem(field.name, 'has no value, and needs one');
    return '';
  };
}

function presentCell(field: CdmField): (value: number | string, onCut: () => void) => string {
  const { name } = field;
  switch (field.type) {
    case 'integer':
      return (value) => {
        if (typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= int32Max)
          return String(value);
        throw new CellProblem(name, `${value} is not a whole number of 32 bits`);
      };
    case 'float':
      return (value) => {
        if (typeof value === 'number' && Number.isFinite(value)) return String(value);
        throw new CellProblem(name, `${value} is not a finite number`);
      };
    case 'date':
      return (value) => dayText(name, value);
    case 'datetime':
      return (value) => `${dayText(name, value)} ${timeText(Number(value))}`;
    case 'varchar':
      return textCell(name, field.lengthMax ?? Infinity);
  }
}

function textCell(name: string, lengthMax: number): (value: number | string, onCut: () => void) => string {
  return (value, onCut) => {
    let text = String(value);
    // UTF-16 units are never fewer than characters, which is what databases count.
    if (text.length > lengthMax) {
      const characters = Array.from(text);
      if (characters.length > lengthMax) {
        text = characters.slice(0, lengthMax).join('');
        onCut();
      }
    }
    if (!needsCare.test(text)) return text;
    if (text.includes('\0')) throw new CellProblem(name, 'holds a NUL character');
    return `"${text.replaceAll('"', '""')}"`;
  };
}

/** Days repeat: lives of one release have some tens of thousands of them. */
const days = new Map<number, string>();
const dayMin = Date.parse('0001-01-01T00:00:00Z') / msPerDay;
const dayMax = Date.UTC(9999, 11, 31) / msPerDay;

function dayText(field: string, value: number | string): string {
  const day = typeof value === 'number' ? Math.floor(value / msPerDay) : NaN;
  const known = days.get(day);
  if (known !== undefined) return known;
  if (!(day >= dayMin && day <= dayMax))
    throw new CellProblem(field, `${value} is not a date of the years 1 to 9999`);
  const text = dateText(day);
  days.set(day, text);
  return text;
}

const twoDigits = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));

function timeText(ms: number): string {
  const second = Math.floor((ms - Math.floor(ms / msPerDay) * msPerDay) / 1000);
  const minute = Math.floor(second / 60);
  return `${twoDigits[Math.floor(minute / 60)]}:${twoDigits[minute % 60]}:${twoDigits[second % 60]}`;
}
