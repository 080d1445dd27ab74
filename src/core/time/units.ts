/** Of a civil day in UTC, which has no leap seconds here. */
export const msPerDay = 86_400_000;
