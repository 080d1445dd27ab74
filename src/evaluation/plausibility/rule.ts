export interface PlausibilityRule {
  readonly name: string;
}
