const minute = 60_000;
const day = 24 * 60 * minute;
const longest = new Set(['inpatient', 'hospice', 'snf']);

/** The classes that an encounter of a module can have. */
export const encounterClasses: readonly string[] = [
  ...['wellness', 'ambulatory', 'outpatient', 'urgentcare', 'emergency', 'inpatient'],
  ...['hospice', 'snf', 'home', 'virtual'],
];

/** The shortest an encounter of a class can be, in milliseconds (GMF: emergency an hour, stays a day, others 15 minutes). */
export function shortestEncounter(encounterClass: string): number {
  if (encounterClass === 'emergency') return 60 * minute;
  return longest.has(encounterClass) ? day : 15 * minute;
}
