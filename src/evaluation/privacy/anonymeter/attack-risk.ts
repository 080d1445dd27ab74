/** How often an attack succeeds: the middle of Wilson's interval and its half-width. */
export interface AttackRate {
  readonly rate: number;
  readonly error: number;
}

/** Successes may be fractions, when they were scaled to another number of rows. */
interface Attacks {
  readonly successes: number;
  readonly attacks: number;
}

/**
 * Wilson's interval, `width` standard errors to each side (Anonymeter: Giomi et al., PoPETs 2023).
 * @throws {RangeError} unless 0 <= successes <= attacks and attacks > 0
 */
export function attackRate({ successes, attacks }: Attacks, width: number): AttackRate {
  if (!(successes >= 0 && successes <= attacks && attacks > 0))
    throw new RangeError(`${successes} of ${attacks} attacks cannot have succeeded.`);
  const square = width ** 2;
  const rate = (successes + square / 2) / (attacks + square);
  const spread = Math.sqrt((successes * (attacks - successes)) / attacks + square / 4);
  return { rate, error: (width / (attacks + square)) * spread };
}

interface AttackRisk {
  readonly risk: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The share of what an attack could gain beyond the population at large: (a - k) / (1 - k), a being its rate on people
 * learned from and k on people never seen. Errors are propagated to first order; everything is kept within 0 and 1.
 */
export function attackRisk(attack: AttackRate, control: AttackRate): AttackRisk {
  const room = 1 - control.rate;
  const risk = (attack.rate - control.rate) / room;
  const error = Math.hypot(attack.error / room, (control.error * (attack.rate - 1)) / room ** 2);
  const kept = (value: number): number => Math.min(1, Math.max(0, value));
  return { risk: kept(risk), low: kept(risk - error), high: kept(risk + error) };
}
