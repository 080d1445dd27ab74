import type { Random } from '../../../core/random/random.js';
import { drawFor, elementAt } from './person-draws.js';

const trees = ['Alder', 'Ash', 'Beech', 'Birch', 'Cedar', 'Elm', 'Hazel', 'Lime', 'Maple', 'Oak', 'Rowan'];
const streets = ['Road', 'Street', 'Lane', 'Avenue', 'Close', 'Drive', 'Way', 'Gardens'];
const letters = 'ABDEFGHJLNPQRSTUWXYZ'.split('');

/** An invented address; no post town has the area ZZ. */
export function addressIn(random: Random): { readonly address: string; readonly postcode: string } {
  const house = 1 + Math.floor(drawFor(random, 'house') * 180);
  const street = Math.floor(drawFor(random, 'street') * trees.length * streets.length);
  const name = `${elementAt(trees, (street % trees.length) / trees.length) ?? ''} ${streets[Math.floor(street / trees.length)] ?? ''}`;
  const code = Math.floor(drawFor(random, 'postcode') * 90 * 10 * letters.length * letters.length);
  const inward = Math.floor(code / 90);
  const [first, second] = [inward % letters.length, Math.floor(inward / letters.length) % letters.length];
  const digit = Math.floor(inward / letters.length / letters.length) % 10;
  return {
    address: `${house} ${name}`,
    postcode: `ZZ${1 + (code % 90)} ${digit}${letters[first] ?? ''}${letters[second] ?? ''}`,
  };
}
