/** The few variables any program needs to run at all, for programs that get none of our settings. */
export function systemEnvironment(): NodeJS.ProcessEnv {
  const kept = ['PATH', 'Path', 'SystemRoot', 'TEMP', 'TMP'];
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => kept.includes(name)));
}
