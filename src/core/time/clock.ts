/** The only door to the current time: everything that needs "now" takes a Clock. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = {
  // eslint-disable-next-line no-restricted-syntax -- this is the one place where the machine's time comes in
  now: () => new Date(),
};
