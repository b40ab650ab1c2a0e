import type { IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import { type HttpRequest, httpRequest } from '../../../local/servers/http-request';

export interface Page {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
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
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    return this.ask(url, { method: 'POST', headers, body: new URLSearchParams(form).toString() });
  }

  private async ask(url: string, request: Omit<HttpRequest, 'ca'>): Promise<Page> {
    const Cookie = [...this.cookies].map((pair) => pair.join('=')).join('; ');
    const response = await httpRequest(url, { ...request, ca: this.ca, headers: { ...request.headers, Cookie } });
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
