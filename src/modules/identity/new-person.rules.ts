import { type Refusal, refusal } from '../platform/refusal/refusal.js';
import { type RoleGrants, refuseRoles } from './decision-actions.rules.js';

export interface PersonForm {
  readonly email: string;
  readonly name: string;
  readonly password: string;
  readonly roles: readonly string[];
}

const passwordLengthMin = 12;
const emailPattern = /^[^\s@]+@[^\s@]+$/;

export function refusePassword(password: string): Refusal | null {
  if (password.length >= passwordLengthMin) return null;
  return refusal('INCOMPLETE', `The password needs at least ${passwordLengthMin} characters.`, 'password');
}

/** May an account be made of this? */
export function refusePerson(form: PersonForm, known: readonly RoleGrants[]): Refusal | null {
  if (!emailPattern.test(form.email)) {
    return refusal('INCOMPLETE', `"${form.email}" is not an e-mail address.`, 'email');
  }
  if (form.name.trim() === '') return refusal('INCOMPLETE', 'Give the name of the person.', 'name');
  const weak = refusePassword(form.password);
  if (weak) return weak;
  if (form.roles.length === 0) return refusal('INCOMPLETE', 'Give at least one role.', 'roles');
  const knownRoles = known.map(({ role }) => role);
  const unknown = form.roles.find((role) => !knownRoles.includes(role));
  if (unknown === undefined) return refuseRoles(form.roles, known);
  return refusal(
    'INCOMPLETE',
    `There is no role "${unknown}"; there are: ${knownRoles.join(', ')}.`,
    'roles',
  );
}
