import { createReadStream } from 'node:fs';

/** A mutation came back with a refusal. */
export class ApiRefusal extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly place: string | null,
  ) {
    super(`${code}: ${message}`);
    this.name = 'ApiRefusal';
  }
}

interface GraphqlAnswer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

interface MaybeRefusal {
  readonly __typename?: string;
  readonly code?: string;
  readonly message?: string;
  readonly place?: string | null;
}

/** Speaks the public API as one person. */
export class ApiClient {
  private constructor(
    private readonly baseUrl: string,
    private readonly token: string | null,
  ) {}

  static anonymous(baseUrl: string): ApiClient {
    return new ApiClient(baseUrl, null);
  }

  /** Of a session or an API token. */
  static withToken(baseUrl: string, token: string): ApiClient {
    return new ApiClient(baseUrl, token);
  }

  static async signIn(baseUrl: string, email: string, password: string): Promise<ApiClient> {
    const { token } = await ApiClient.anonymous(baseUrl).call<{ token: string }>(
      `mutation ($email: String!, $password: String!) {
         signIn(email: $email, password: $password) { __typename ... on Session { token } ${refusalFields} }
       }`,
      { email, password },
    );
    return new ApiClient(baseUrl, token);
  }

  /** The one field that was asked for. @throws {ApiRefusal} when it is a refusal or an error */
  async call<Value>(document: string, variables: object = {}): Promise<Value> {
    const { data, errors } = await this.post(document, variables);
    const [error] = errors ?? [];
    if (error) throw new ApiRefusal(error.extensions?.code ?? 'ERROR', error.message, null);
    const value = Object.values(data ?? {})[0] as (Value & MaybeRefusal) | undefined;
    if (value?.__typename === 'Refusal') {
      throw new ApiRefusal(value.code ?? '', value.message ?? '', value.place ?? null);
    }
    return value as Value;
  }

  async post(document: string, variables: object = {}): Promise<GraphqlAnswer> {
    const response = await fetch(new URL('/graphql', this.baseUrl), {
      method: 'POST',
      // On a connection of its own: one that the server is about to close could have it sent, and done, twice.
      headers: { 'content-type': 'application/json', connection: 'close', ...this.authorization() },
      body: JSON.stringify({ query: document, variables }),
    });
    return (await response.json()) as GraphqlAnswer;
  }

  uploadFile(path: string, file: string): Promise<Response> {
    return this.upload(path, createReadStream(file));
  }

  upload(path: string, bytes: AsyncIterable<Uint8Array>): Promise<Response> {
    // Node's fetch wants to be told that a streamed body is sent before the answer is read.
    const body = bytes as unknown as NonNullable<RequestInit['body']>;
    const headers = { 'content-type': 'text/csv', ...this.authorization() };
    return fetch(new URL(path, this.baseUrl), { method: 'PUT', body, duplex: 'half', headers });
  }

  get(path: string): Promise<Response> {
    return fetch(new URL(path, this.baseUrl), { headers: this.authorization() });
  }

  private authorization(): Record<string, string> {
    return this.token === null ? {} : { authorization: `Bearer ${this.token}` };
  }
}

/** To be asked for in every union. */
export const refusalFields = '... on Refusal { code message place }';
