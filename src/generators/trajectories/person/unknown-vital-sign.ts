export class UnknownVitalSign extends Error {
  constructor(readonly vitalSign: string) {
    super(`Nothing provides the vital sign "${vitalSign}".`);
    this.name = 'UnknownVitalSign';
  }
}
