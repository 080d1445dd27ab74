import { type Refusal, refusal } from '../platform/refusal/refusal.js';

export interface PersonForm {
  readonly email: string;
  readonly name: string;
  readonly password: string;
  readonly roles: readonly string[];
}

const passwordLengthMin = 12;
const emailPattern = /^[^\s@]+@[^\s@]+$/;

/** May an account be made of this? */
export function refusePerson(form: PersonForm, knownRoles: readonly string[]): Refusal | null {
  if (!emailPattern.test(form.email)) {
    return refusal('INCOMPLETE', `"${form.email}" is not an e-mail address.`, 'email');
  }
  if (form.name.trim() === '') return refusal('INCOMPLETE', 'Give the name of the person.', 'name');
  if (form.password.length < passwordLengthMin) {
    return refusal('INCOMPLETE', `The password needs at least ${passwordLengthMin} characters.`, 'password');
  }
  if (form.roles.length === 0) return refusal('INCOMPLETE', 'Give at least one role.', 'roles');
  const unknown = form.roles.find((role) => !knownRoles.includes(role));
  if (unknown === undefined) return null;
  return refusal(
    'INCOMPLETE',
    `There is no role "${unknown}"; there are: ${knownRoles.join(', ')}.`,
    'roles',
  );
}
