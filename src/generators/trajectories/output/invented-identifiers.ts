import type { Patient } from '../population/population.js';

/** Of the draws of a life: those for devices and for imaging. */
const [deviceDraw, studyDraw] = [90, 91];

/** The unique identifier of a device (a row), with the prefix 952, which GS1 keeps for demonstrations. */
export function deviceIdentifier({ random }: Patient, device: number): string {
  const digits = String(Math.floor(random.uniformAt(device, deviceDraw) * 1e9)).padStart(9, '0');
  const body = `0952${digits}`;
  const sum = body
    .split('')
    .reduce((total, digit, place) => total + Number(digit) * (place % 2 === 0 ? 3 : 1), 0);
  return `(01)${body}${(10 - (sum % 10)) % 10}(21)${digits}`;
}

/** The DICOM identifier of an imaging study (a row), of the arc 2.999, which is kept for examples. */
export function studyUid({ random }: Patient, study: number): string {
  return `2.999.1.${Math.floor(random.uniformAt(study, studyDraw) * 1e15)}`;
}
