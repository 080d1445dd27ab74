/** What the rest of a multi-byte UTF-8 character must look like. */
export interface Utf8Expectation {
  /** Continuation bytes still to come. */
  remaining: number;
  /** Bounds of the next one: narrower than 80..BF where overlong forms and surrogates hide. */
  lowest: number;
  highest: number;
}

/** Sets what must follow `lead` (a byte >= 0x80); false when no character starts with it (RFC 3629, section 4). */
export function expectAfterLead(lead: number, expectation: Utf8Expectation): boolean {
  if (lead < 0xc2 || lead > 0xf4) return false;
  expectation.lowest = 0x80;
  expectation.highest = 0xbf;
  if (lead < 0xe0) {
    expectation.remaining = 1;
    return true;
  }
  if (lead < 0xf0) {
    expectation.remaining = 2;
    if (lead === 0xe0) expectation.lowest = 0xa0;
    if (lead === 0xed) expectation.highest = 0x9f;
    return true;
  }
  expectation.remaining = 3;
  if (lead === 0xf0) expectation.lowest = 0x90;
  if (lead === 0xf4) expectation.highest = 0x8f;
  return true;
}

/** Takes one continuation byte; false when it cannot stand here. */
export function acceptContinuation(byte: number, expectation: Utf8Expectation): boolean {
  if (byte < expectation.lowest || byte > expectation.highest) return false;
  expectation.remaining -= 1;
  expectation.lowest = 0x80;
  expectation.highest = 0xbf;
  return true;
}
