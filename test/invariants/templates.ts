/** Texts that Terraform would take for something else than what was meant. */
import { resources, dataSources } from '../support/synth';
import { textsOf, valuesOf, type Invariant } from './document';

/** Functions and operators that an expression may start with; what follows is checked by Terraform itself. */
const CALL = /^(?:[a-z][a-z0-9_]*|provider::[a-z0-9_]+::[a-z0-9_]+)\(/;
const LITERAL = /^[([{"!-]|^\d|^(?:true|false|null)\b/;
const NAMESPACE = /^(?:data|ephemeral|module|var|local|each|path|terraform|self)\./;

/** Every `${` that is not escaped opens a function or a reference to a block of this very stack. */
export const everyTemplateIsAnExpression: Invariant = (stack) => {
  const types = new Set([...resources(stack), ...dataSources(stack)].map(({ type }) => type));
  const opensExpression = (text: string) =>
    CALL.test(text) || LITERAL.test(text) || NAMESPACE.test(text) || types.has(text.replace(/\..*/s, ''));
  return templatesOf(stack).flatMap(({ path, text }) =>
    openings(text, '$')
      .filter((inside) => !opensExpression(inside))
      .map((inside) => `${path}: \${${inside.slice(0, 40)} opens no reference and no function`),
  );
};

/** Template directives: nothing here writes one, so an unescaped `%{` is text of a person. */
export const noTemplateDirective: Invariant = (stack) =>
  templatesOf(stack).flatMap(({ path, text }) =>
    openings(text, '%').map((inside) => `${path}: %{${inside.slice(0, 40)}`),
  );

/** Placeholders of the engine that were cut or calculated with, and so never became references. */
export const noBrokenToken: Invariant = (stack) =>
  templatesOf(stack)
    .filter(({ text }) => /TfToken\[|e\+29\d/i.test(text))
    .map(({ path, text }) => `${path}: ${text.slice(0, 80)}`);

/** What follows each `${` or `%{`; a doubled sign is how Terraform writes the sign itself. */
function openings(text: string, sign: '$' | '%'): string[] {
  return text
    .replaceAll(`${sign}${sign}{`, '')
    .split(`${sign}{`)
    .slice(1)
    .map((inside) => inside.trimStart());
}

/** Terraform reads names of map entries as templates too. */
function templatesOf(stack: unknown): { path: string; text: string }[] {
  return [...textsOf(stack), ...valuesOf(stack).map(({ name, path }) => ({ path, text: name }))];
}
