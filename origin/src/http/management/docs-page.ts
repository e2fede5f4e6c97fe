/** The OpenAPI document for people to read: one page, without a script. */
import { createHash } from 'node:crypto';
import { html, raw } from 'hono/html';
import type { ApiDocument, DescribedOperation, JsonSchema, Parameter } from './describe-api.ts';

const STYLE = `
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
code, pre { font: 0.9em/1.4 ui-monospace, monospace; }
pre { overflow-x: auto; padding: 0.8rem; background: color-mix(in srgb, currentColor 7%, transparent); }
details { border-block-end: 1px solid color-mix(in srgb, currentColor 25%, transparent); padding: 0.3rem 0; }
summary { cursor: pointer; padding: 0.4rem 0; }
summary code { font-weight: 600; }
th, td { text-align: start; vertical-align: top; padding: 0.2rem 1rem 0.2rem 0; }
:target { outline: 2px solid; outline-offset: 4px; }
`;

/** Not in the page's own text, as a formatter would change what the digest is of. */
const STYLE_ELEMENT = raw(`<style>${STYLE}</style>`);

/** Lets the page's own style through, and nothing else. */
export const DOCS_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

type Part = ReturnType<typeof html>;

/** The page. */
export const docsPage = ({ info, servers, paths, components }: ApiDocument): Part =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${info.title}</title>
        ${STYLE_ELEMENT}
      </head>
      <body>
        <main>
          <h1>${info.title}</h1>
          <p>${info.description}</p>
          <p>
            All paths are below <code>${servers[0]?.url}</code>. For programs:
            <a href="openapi.json">openapi.json</a> (OpenAPI ${'3.1'}).
          </p>
          ${groupsOf(paths).map(([tag, operations]) => group(tag, operations))}
          <h2>Shapes</h2>
          ${Object.entries(components.schemas).map(([name, schema]) => shape(name, schema))}
        </main>
      </body>
    </html>`;

interface Placed {
  method: string;
  path: string;
  operation: DescribedOperation;
}

function groupsOf(paths: ApiDocument['paths']): [string, Placed[]][] {
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
  );
  return Object.entries(Object.groupBy(all, ({ operation }) => operation.tags[0] ?? '')).map(
    ([tag, placed]) => [tag, placed ?? []],
  );
}

const group = (tag: string, placed: readonly Placed[]): Part =>
  html`<section>
    <h2>${tag[0]?.toUpperCase()}${tag.slice(1)}</h2>
    ${placed.map(entry)}
  </section>`;

const entry = ({ method, path, operation }: Placed): Part =>
  html`<details id="${operation.operationId}">
    <summary><code>${method.toUpperCase()} ${path}</code> ${operation.summary}</summary>
    ${operation.description === undefined ? '' : html`<p>${operation.description}</p>`}
    <p>Scope: <code>${operation.security[0]?.oauth2.join(' ')}</code></p>
    ${operation.parameters.length === 0 ? '' : parameters(operation.parameters)}
    ${
      operation.requestBody === undefined
        ? ''
        : html`<p>Body: ${contentOf(operation.requestBody)}</p>`
    }
    <table>
      ${Object.entries(operation.responses).map(response)}
    </table>
  </details>`;

const parameters = (all: readonly Parameter[]): Part =>
  html`<table>
    ${all.map(
      ({ name, required, description, schema }) =>
        html`<tr>
          <th scope="row"><code>${name}</code></th>
          <td>${required ? 'required' : ''}</td>
          <td>${wordsOf(schema)}</td>
          <td>${description ?? ''}</td>
        </tr>`,
    )}
  </table>`;

const response = ([status, about]: [string, unknown]): Part => {
  const { description } = about as { description: string };
  return html`<tr>
    <th scope="row">${status}</th>
    <td>${contentOf(about)}</td>
    <td>${description}</td>
  </tr>`;
};

/** A link to the shape of a body. */
function contentOf(about: unknown): Part | string {
  const { content = {} } = about as { content?: Record<string, { schema: JsonSchema }> };
  const name = Object.values(content)[0]?.schema.$ref?.split('/').at(-1);
  if (name === undefined) return Object.keys(content).join(', ');
  return html`<a href="#shape-${name}">${name}</a>`;
}

/** What a parameter can be, in few words. */
function wordsOf({ type, format, enum: values, items }: JsonSchema): string {
  if (Array.isArray(values)) return values.join(', ');
  if (type === 'array') return `a list of: ${wordsOf(items as JsonSchema)}`;
  return [format ?? type ?? ''].flat().join(' or ');
}

const shape = (name: string, schema: JsonSchema): Part =>
  html`<details id="shape-${name}">
    <summary><code>${name}</code></summary>
    <pre>${JSON.stringify(schema, undefined, 2)}</pre>
  </details>`;
