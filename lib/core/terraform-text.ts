/**
 * The boundary between text of people and text of Terraform.
 *
 * In synthesized JSON every string is a Terraform template: `${` opens an interpolation and `%{` a directive. Text that a
 * person wrote (a script, a Trino property with `${ENV:X}`) must have both escaped; a token of the engine, which also
 * starts with `${`, must not.
 * @see https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences-1
 */

const TOKEN = /\$\{TfToken\[[^\]]+\]\}/;
const LIST_TOKEN = /^#\{TfToken\[/;
/** The upper 16 bits by which the engine marks a number as a placeholder. */
const NUMBER_TOKEN_MARK = 0xfdff;

/** Whether a value is, or contains, a placeholder that is known only when Terraform runs: such a value is not judged. */
export function isToken(value: unknown): boolean {
  if (typeof value === 'string') return TOKEN.test(value) || LIST_TOKEN.test(value);
  if (typeof value === 'number') return isNumberToken(value);
  return Array.isArray(value) && value.some(isToken);
}

function isNumberToken(value: number): boolean {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return view.getUint16(0) === NUMBER_TOKEN_MARK;
}

/** Text of a person as a Terraform string that means exactly this text; placeholders in it stay placeholders. */
export function escapeTerraform(text: string): string {
  return text.replace(/\$\{TfToken\[[^\]]+\]\}|[$%]\{/g, (found) =>
    found.length > 2 ? found : `${found[0] ?? ''}${found}`,
  );
}

/**
 * Values of a Helm release as one JSON document (JSON is YAML), with Terraform syntax escaped in every text.
 * Nulls survive: to Helm a null removes a chart's default.
 */
export function toHelmValues(values: object): string {
  return JSON.stringify(
    values,
    (_key, value: unknown) => (typeof value === 'string' ? escapeTerraform(value) : value),
    2,
  );
}
