/** Follows nothing by itself and keeps cookies by origin, as far as a sign-in needs a browser to. */
export class Browser {
  private readonly jars = new Map<string, Map<string, string>>();

  async get(url: string): Promise<Response> {
    const response = await fetch(url, { redirect: 'manual', headers: { cookie: this.cookiesFor(url) } });
    this.keep(url, response);
    return response;
  }

  /** Goes where it is sent, until it is sent to a URL that starts so. Answers that URL, unvisited. */
  async followUntil(url: string, start: string): Promise<string> {
    for (let hop = 0, at = url; hop < 10; hop += 1) {
      const response = await this.get(at);
      const location = response.headers.get('location');
      if (location === null)
        throw new Error(`${at} leads nowhere: ${response.status} ${await response.text()}`);
      at = new URL(location, at).href;
      if (at.startsWith(start)) return at;
    }
    throw new Error(`${url} does not lead to ${start}.`);
  }

  async post(url: string, body: object): Promise<Response> {
    const headers = { 'content-type': 'application/json', cookie: this.cookiesFor(url) };
    return fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  setCookie(url: string, name: string, value: string): void {
    this.jarOf(url).set(name, value);
  }

  cookiesFor(url: string): string {
    return [...this.jarOf(url)].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  private keep(url: string, response: Response): void {
    for (const header of response.headers.getSetCookie()) {
      const [pair = ''] = header.split(';');
      const at = pair.indexOf('=');
      this.jarOf(url).set(pair.slice(0, at), pair.slice(at + 1));
    }
  }

  private jarOf(url: string): Map<string, string> {
    const { origin } = new URL(url);
    const jar = this.jars.get(origin) ?? new Map<string, string>();
    this.jars.set(origin, jar);
    return jar;
  }
}
