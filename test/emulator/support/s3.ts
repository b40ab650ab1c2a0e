import { endpointOf, type Emulator } from '../../../local/emulator';

/** The emulator reads from it which service is meant, and believes the rest. */
const CREDENTIAL =
  'AWS4-HMAC-SHA256 Credential=test/20260101/eu-west-1/s3/aws4_request, SignedHeaders=host, Signature=0';

/** Calls S3 behind Terraform's back. @param target bucket, key and query: `acme-lake?publicAccessBlock` */
export async function callS3(emulator: Emulator, method: string, target: string, body?: string): Promise<string> {
  const response = await fetch(`${endpointOf(emulator)}/${target}`, {
    method,
    headers: { authorization: CREDENTIAL },
    ...(body === undefined ? {} : { body }),
  });
  if (!response.ok) throw new Error(`${method} ${target}: ${response.status} ${await response.text()}`);
  return response.text();
}
