const pattern = /^[^\s@<>"(),:;]+@(?:[a-z0-9-]+\.)+[a-z]{2,}$/;
const lengthMax = 254;

/** Two names of one provider that leaves dots out of account. */
const dotless = ['gmail.com', 'googlemail.com'];

/**
 * For comparing: lower case, without the "+anything" that many mail servers leave out of account, and without dots
 * where the provider is known to do so with them. The database has the same function.
 */
export function normalEmail(address: string): string {
  const [local = '', domain = ''] = address.trim().toLowerCase().split('@');
  const mailbox = local.split('+')[0] ?? '';
  return dotless.includes(domain) ? `${mailbox.replaceAll('.', '')}@gmail.com` : `${mailbox}@${domain}`;
}

export const isEmail = (address: string): boolean =>
  address.length <= lengthMax && pattern.test(address.trim().toLowerCase());

/** Of a recognised institution: `domains` are such as "ac.uk", which stands for every name that ends in ".ac.uk" too. */
export function isInstitutional(address: string, domains: readonly string[]): boolean {
  const domain = address.trim().toLowerCase().split('@')[1] ?? '';
  return domains.some((one) => domain === one || domain.endsWith(`.${one}`));
}
