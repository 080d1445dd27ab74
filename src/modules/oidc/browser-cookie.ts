const minutes = 10;

/** Known to the browser that began to sign in, and to no page: it binds the answers to that browser. */
export class BrowserCookie {
  private readonly name: string;
  private readonly isSecure: boolean;

  constructor(publicUrl: string) {
    this.isSecure = publicUrl.startsWith('https:');
    // With the prefix no other host, and no plain HTTP, can set it.
    this.name = this.isSecure ? '__Host-picketfence-sign-in' : 'picketfence-sign-in';
  }

  /** A Set-Cookie header. Lax: it comes along when the provider sends the browser back. */
  set(value: string): string {
    const secure = this.isSecure ? '; Secure' : '';
    return `${this.name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${minutes * 60}${secure}`;
  }

  /** Null when there is none, or more than one. */
  in(header: string | undefined): string | null {
    const values = (header ?? '')
      .split(';')
      .map((pair) => pair.trim())
      .filter((pair) => pair.startsWith(`${this.name}=`))
      .map((pair) => pair.slice(this.name.length + 1));
    return values.length === 1 ? (values[0] ?? null) : null;
  }
}
