import type { NewIdentifier } from '../../core/schema/new-identifier.js';
import { isTestNhsNumber } from '../../core/events/nhs-number.js';
import { nhsNumber, nhsNumbers } from '../trajectories/demographics/nhs-number.js';
import type { IdentifierSpace } from './identifier-space.js';
import { patternSpace } from './pattern/pattern-space.js';
import { emailSpace, fullNameSpace, nameSpace, streetAddressSpace } from './word-spaces.js';

/** UUIDs of version 8 (RFC 9562), which is for uses of one's own. */
const uuidPattern = '[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}';
/** Numbers that Ofcom keeps for drama: nobody has them. */
const dramaPhonePattern =
  '(01632 960|07700 900|020 7946 0|0113 496 0|0114 496 0|0115 496 0|0116 496 0|0117 496 0|0118 496 0|' +
  '0121 496 0|0131 496 0|0141 496 0|0151 496 0|0161 496 0|0191 498 0)[0-9]{3}';
/** ZZ is no postcode area; the NHS has codes of its own from ZZ99, which are left out. */
const unusedPostcodePattern = 'ZZ[1-9][0-8] [0-9][ABD-HJLNP-UW-Z]{2}';

/** @throws {PatternError} */
export function spaceOf({ kind, pattern = '', plain = false }: NewIdentifier): IdentifierSpace {
  switch (kind) {
    case 'pattern':
      return patternSpace(pattern);
    case 'key':
      return patternSpace('SYN-[0-9]{12}');
    case 'numeric-key':
      return patternSpace('9[0-9]{14}');
    case 'uuid':
      return patternSpace(uuidPattern);
    case 'phone':
      return patternSpace(dramaPhonePattern);
    case 'postcode':
      return patternSpace(unusedPostcodePattern);
    case 'nhs-number':
      return nhsNumberSpace;
    case 'email':
      return emailSpace();
    case 'given-name':
      return nameSpace('given', plain);
    case 'family-name':
      return nameSpace('family', plain);
    case 'full-name':
      return fullNameSpace(plain);
    case 'street-address':
      return streetAddressSpace();
    case 'city':
      return nameSpace('town', plain);
  }
}

/** The 999 range, in which nobody has a number, with a right check digit. */
const nhsNumberSpace: IdentifierSpace = {
  size: BigInt(nhsNumbers),
  at: (index) => nhsNumber(Number(index)) ?? '',
  mayHold: (value) => isTestNhsNumber(value.replace(/[\s-]/g, '')),
};
