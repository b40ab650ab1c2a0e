import { type IncomingMessage, request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { text } from 'node:stream/consumers';

export interface Page {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** Asks as browsers do: it keeps cookies, all of them for every address, and sends forms. It follows no redirect. */
export class Browser {
  private readonly cookies = new Map<string, string>();

  /** @param ca certificates (PEM) that are trusted */
  public constructor(private readonly ca: string) {}

  public async get(url: string): Promise<Page> {
    return this.ask(url, { method: 'GET' });
  }

  public async post(url: string, form: Readonly<Record<string, string>>): Promise<Page> {
    const type = { 'Content-Type': 'application/x-www-form-urlencoded' };
    return this.ask(url, { method: 'POST', headers: type }, new URLSearchParams(form).toString());
  }

  private async ask(
    url: string,
    { method, headers = {} }: { readonly method: string; readonly headers?: Readonly<Record<string, string>> },
    body?: string,
  ): Promise<Page> {
    const cookie = [...this.cookies].map((pair) => pair.join('=')).join('; ');
    const request = url.startsWith('https:') ? tlsRequest : plainRequest;
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      request(url, { method, ca: this.ca, headers: { ...headers, Cookie: cookie } }, resolve)
        .on('error', reject)
        .end(body);
    });
    this.keep(response.headers['set-cookie'] ?? []);
    return { status: response.statusCode ?? 0, headers: response.headers, body: await text(response) };
  }

  private keep(cookies: readonly string[]): void {
    for (const cookie of cookies) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      this.cookies.set(name, value);
    }
  }
}
