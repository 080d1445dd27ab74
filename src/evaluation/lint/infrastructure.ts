/** What a text gives away about the systems a file came from. */
export type InfrastructureKind = 'connection' | 'host' | 'account' | 'password';

const databases =
  'postgres(?:ql)?|mysql|mariadb|mssql|sqlserver|oracle|sqlite|duckdb|redshift|snowflake|bigquery|db2|odbc|jdbc|mongodb|redis|ssh|sftp|ftp|s3|file';
const connectionUrl = new RegExp(`\\b(?:${databases})(?:[+:][\\w+.-]+)*:(?://|@)(?<rest>\\S*)`, 'i');
const setting =
  /\b(host(?:addr|name)?|server|data source|dbname|database|user(?: id|name)?|uid|port|password|passwd|pwd)\s*=\s*(\S+)/gi;
const address = /\b(?:\d{1,3}\.){3}\d{1,3}\b/;
const innerHost = /\b[\w-]+(?:\.[\w-]+)*\.(?:nhs\.uk|local|internal|intranet|intra|lan|corp|localdomain)\b/i;
const hostWithPort = /\b[a-z][\w-]*(?:\.[\w-]+)+:\d{2,5}\b/i;
const mailLike = /[\w.+-]@[\w-]+(?:\.[\w-]+)+/;

/** Long texts are looked at in pieces, which bounds the time; these overlap by more than an address is long. */
const pieceLength = 1000;
const pieceStep = 700;

/** Kinds of infrastructure that a text names, wherever it stands. */
export function infrastructureIn(text: string): InfrastructureKind[] {
  const kinds = new Set<InfrastructureKind>();
  for (let at = 0; at === 0 || at + pieceLength - pieceStep < text.length; at += pieceStep) {
    for (const kind of kindsInPiece(text.slice(at, at + pieceLength))) kinds.add(kind);
  }
  return [...kinds];
}

function kindsInPiece(piece: string): InfrastructureKind[] {
  const kinds: InfrastructureKind[] = [];
  const url = connectionUrl.exec(piece);
  const settings = [...piece.matchAll(setting)];
  // One alone is as likely a condition of a query.
  const isSet = new Set(settings.map(([, name]) => name?.toLowerCase())).size > 1;
  if (url || isSet) kinds.push('connection');
  const isPassword = ([, name, value]: RegExpExecArray): boolean =>
    /^(password|passwd|pwd)$/i.test(name ?? '') && !isMasked(value ?? '');
  if (hasPassword(url?.groups?.['rest'] ?? '') || (isSet && settings.some(isPassword)))
    kinds.push('password');
  if (address.test(piece) || innerHost.test(piece) || hostWithPort.test(piece)) kinds.push('host');
  if (mailLike.test(piece)) kinds.push('account');
  return kinds;
}

/** `user:word@host` of a URL whose word is not masked. */
function hasPassword(rest: string): boolean {
  const account = rest.split('@').slice(0, -1).join('@');
  const colon = account.indexOf(':');
  return colon >= 0 && !isMasked(account.slice(colon + 1));
}

const maskLengthMax = 200;

/** Nothing, stars, or a placeholder in brackets: `***`, `[password]`, `<host>`, `{{ dsn }}`. */
export function isMasked(text: string): boolean {
  if (text.length > maskLengthMax) return false;
  const trimmed = text.trim().replace(/[;,'"]+$/, '');
  return /^(\*+|x+|\.+|-+|\[[^\]]*\]|<[^>]*>|\$?\{+[^}]*\}+|%\w+%|redacted|masked|removed|none|null)?$/i.test(
    trimmed,
  );
}

const hostKeys = ['host', 'hostname', 'hostaddr', 'server', 'port', 'parquet-dir'];
const accountKeys = ['user', 'username', 'account', 'login', 'uid'];
const connectionKeys = [
  'dsn',
  'src_dsn',
  'dst_dsn',
  'database',
  'dbname',
  'database_url',
  'connection',
  'connection_string',
  'url',
];
const passwordKeys = [
  'password',
  'passwd',
  'pwd',
  'passphrase',
  'secret',
  'token',
  'api_key',
  'apikey',
  'private_key',
];

/** What a setting of this name holds. */
export function infrastructureKey(name: string): InfrastructureKind | null {
  const key = name.toLowerCase();
  if (passwordKeys.includes(key)) return 'password';
  if (connectionKeys.includes(key)) return 'connection';
  if (hostKeys.includes(key)) return 'host';
  return accountKeys.includes(key) ? 'account' : null;
}
