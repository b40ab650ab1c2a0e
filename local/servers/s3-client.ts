/** An object in a bucket. */
export interface S3Object {
  readonly key: string;
  /** In bytes. */
  readonly size: number;
}

/** The emulator checks no signature, but an unsigned request is anonymous, and may read nothing. */
const NAMED = { authorization: 'AWS4-HMAC-SHA256 Credential=local/20250101/us-east-1/s3/aws4_request' };

/** The few calls that a test or a loader needs of an S3 emulator. */
export class S3Client {
  public constructor(private readonly endpoint: string) {}

  /** Makes a bucket when it is missing. */
  public async createBucket(bucket: string): Promise<void> {
    if (!(await this.buckets()).includes(bucket)) await this.call('PUT', `/${bucket}`);
  }

  public async buckets(): Promise<readonly string[]> {
    return elements(await this.text('/'), 'Name');
  }

  public async put(bucket: string, key: string, body: string | Uint8Array): Promise<void> {
    await this.call('PUT', pathOf(bucket, key), typeof body === 'string' ? Buffer.from(body) : body);
  }

  public async get(bucket: string, key: string): Promise<Uint8Array> {
    return new Uint8Array(await (await this.call('GET', pathOf(bucket, key))).arrayBuffer());
  }

  /** The objects whose keys begin with a prefix, in order of their keys. */
  public async list(bucket: string, prefix = ''): Promise<readonly S3Object[]> {
    const objects: S3Object[] = [];
    let token: string | undefined;
    do {
      const query = new URLSearchParams({ 'list-type': '2', 'encoding-type': 'url', prefix });
      if (token !== undefined) query.set('continuation-token', token);
      const page = await this.text(`/${bucket}?${query.toString()}`);
      objects.push(...elements(page, 'Contents').map(objectIn));
      [token] = elements(page, 'NextContinuationToken');
    } while (token !== undefined);
    return objects;
  }

  private async text(path: string): Promise<string> {
    return (await this.call('GET', path)).text();
  }

  /** @throws Error with the server's words */
  private async call(method: string, path: string, body?: Uint8Array): Promise<Response> {
    const response = await fetch(`${this.endpoint}${path}`, {
      method,
      headers: NAMED,
      ...(body === undefined ? {} : { body: Buffer.from(body) }),
    });
    if (!response.ok) throw new Error(`S3: ${method} ${path}: ${response.status} ${await response.text()}`);
    return response;
  }
}

function pathOf(bucket: string, key: string): string {
  return `/${bucket}/${key.split('/').map(encodeURIComponent).join('/')}`;
}

function objectIn(xml: string): S3Object {
  const [key = ''] = elements(xml, 'Key');
  const [size = '0'] = elements(xml, 'Size');
  return { key: decodeURIComponent(key.replaceAll('+', ' ')), size: Number(size) };
}

/** What stands in elements of a name; keys come URL-encoded, so there is nothing to unescape. */
function elements(xml: string, name: string): readonly string[] {
  return [...xml.matchAll(new RegExp(`<${name}>(.*?)</${name}>`, 'gs'))].map(([, content = '']) => content);
}
