/** The chance within `days` of what has the chance `risk` within ten years of 3,650 days, at a constant rate. */
export function riskPerTime(risk: number, days: number): number {
  return 1 - Math.pow(1 - risk, days / 3650);
}
