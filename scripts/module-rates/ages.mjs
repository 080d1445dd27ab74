/** Completed years of age that the derivation covers; the last row of every table is open upwards. */
export const agesMax = 105;
export const ages = Array.from({ length: agesMax + 1 }, (_, age) => age);
export const sexes = ['male', 'female'];

/** Parses "18-24", "85+" and "0" into completed years; null for bands that are no plain ages. */
export function parseBand(text) {
  const range = /^(\d+)(?:-(\d+)|(\+))?$/.exec(text.trim());
  if (range === null) return null;
  const low = Number(range[1]);
  return { low, high: range[3] ? agesMax : Number(range[2] ?? low) };
}

/** Ages of a band, in completed years. */
export const agesOf = ({ low, high }) => ages.filter((age) => age >= low && age <= high);
