import type { Random } from '../../../core/random/random.js';
import type { Provider } from './demographics.js';
import { drawFor } from './person-draws.js';

interface Town {
  readonly code: string;
  readonly name: string;
  readonly state: string;
  readonly people: number;
}

/** One of the invented practices of a town; how many there are goes with its people. */
export function practiceOf(town: Town, patientsPerPractice: number, random: Random): Provider {
  const practices = Math.max(1, Math.round(town.people / patientsPerPractice));
  const number = 1 + Math.floor(drawFor(random, 'practice') * practices);
  return {
    code: `ZZ${shortCode(town.code)}${base36(number)}`,
    name: `Synthetic Practice ${number} of ${town.name}`,
    city: town.name,
    state: town.state,
  };
}

/** The one invented hospital of a town. */
export function hospitalOf(town: Town): Provider {
  return {
    code: `ZZ${shortCode(town.code)}00`,
    name: `Synthetic Hospital of ${town.name}`,
    city: town.name,
    state: town.state,
  };
}

/** Tells places apart: E07000026 and E06000026 by their third sign, American places by their number. */
function shortCode(code: string): string {
  const number = Number(code.replace(/\D/g, ''));
  if (!/^[EW]/.test(code)) return number.toString(36).toUpperCase().padStart(4, '0');
  return `${code.startsWith('W') ? 'W' : code.slice(2, 3)}${base36(number % 1000)}`;
}

function base36(number: number): string {
  return number.toString(36).toUpperCase().padStart(2, '0');
}
