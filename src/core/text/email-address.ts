const pattern = /^[^\s@<>"(),:;]+@(?:[a-z0-9-]+\.)+[a-z]{2,}$/;
const lengthMax = 254;

/** For comparing: lower case, without the "+anything" that many mail servers leave out of account. */
export function normalEmail(address: string): string {
  const [local = '', domain = ''] = address.trim().toLowerCase().split('@');
  return `${local.split('+')[0] ?? ''}@${domain}`;
}

export const isEmail = (address: string): boolean =>
  address.length <= lengthMax && pattern.test(address.trim().toLowerCase());

/** Of a recognised institution: `domains` are such as "ac.uk", which stands for every name that ends in ".ac.uk" too. */
export function isInstitutional(address: string, domains: readonly string[]): boolean {
  const domain = address.trim().toLowerCase().split('@')[1] ?? '';
  return domains.some((one) => domain === one || domain.endsWith(`.${one}`));
}
