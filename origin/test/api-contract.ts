/**
 * The OpenAPI document taken at its word: what an answer of the management API has that the document does
 * not tell. Schemas are checked by ajv, not by the zod schemas that the document was written from, so that a
 * document which says something else than the code does is found as well.
 */
import { PROBLEM_MEDIA_TYPE, type Problem } from '@plaudit/contract';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ApiDocument, DescribedOperation } from '../src/http/management/describe-api.ts';

/** An answer as it was given. */
export interface GivenAnswer {
  status: number;
  mediaType: string | undefined;
  /** Absent where it was not read: a stream. */
  text?: string;
}

/** What is wrong with an answer, or nothing. `pathname` is below `/api/v1`. */
export type AnswerCheck = (
  method: string,
  pathname: string,
  answer: GivenAnswer,
) => string | undefined;

interface DescribedResponse {
  content?: Record<string, { schema: { $ref?: string } }>;
}

/** What people and programs read about the API is no operation of it. */
const ABOUT_ITSELF = new Set(['/openapi.json', '/docs']);
const PROBLEM_REF = '#/components/schemas/Problem';

/** Makes the check of a document. */
export function createAnswerCheck(document: ApiDocument): AnswerCheck {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema({ $id: 'api', ...(closed(document) as object) });
  const templates = Object.keys(document.paths).toSorted(
    (a, b) => Number(a.includes('{')) - Number(b.includes('{')),
  );
  const patterns = templates.map((template) => ({
    template,
    pattern: new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
  }));

  function bodyFault(ref: string, text: string): string | undefined {
    const validate = ajv.getSchema(`api${ref}`);
    if (!validate) return `${ref} leads nowhere`;
    if (validate(parsed(text))) return undefined;
    return `the body is no ${ref}: ${ajv.errorsText(validate.errors)}: ${text.slice(0, 500)}`;
  }

  function contentFault(
    { content }: DescribedResponse,
    { mediaType, text, status }: GivenAnswer,
  ): string | undefined {
    if (!content) return text ? `${status} has a body` : undefined;
    const declared = Object.entries(content).find(([name]) => essence(name) === essence(mediaType));
    if (!declared) return `the media type ${mediaType} is not declared for ${status}`;
    const { $ref } = declared[1].schema;
    if ($ref === undefined || text === undefined) return undefined;
    const fault = bodyFault($ref, text);
    if (fault !== undefined || mediaType !== PROBLEM_MEDIA_TYPE) return fault;
    const said = (JSON.parse(text) as Problem).status;
    return said === status ? undefined : `the problem says ${said}, the answer ${status}`;
  }

  /** Where there is no operation there is one answer. */
  function refusalFault(expected: number, answer: GivenAnswer): string | undefined {
    if (answer.status !== expected) return `${answer.status} where there is no operation`;
    const content = { [PROBLEM_MEDIA_TYPE]: { schema: { $ref: PROBLEM_REF } } };
    return contentFault({ content }, answer);
  }

  return (method, pathname, answer) => {
    if (ABOUT_ITSELF.has(pathname)) return undefined;
    const found = patterns.find(({ pattern }) => pattern.test(pathname));
    const operations: Record<string, DescribedOperation> =
      document.paths[found?.template ?? ''] ?? {};
    const isHead = method === 'HEAD';
    const operation = operations[isHead ? 'get' : method.toLowerCase()];
    const given = isHead ? withoutText(answer) : answer;
    if (!operation) return refusalFault(found ? 405 : 404, given);
    const response = operation.responses[answer.status] as DescribedResponse | undefined;
    if (!response) return `${answer.status} is not declared: ${answer.text?.slice(0, 500)}`;
    return contentFault(response, given);
  };
}

/** A HEAD is answered with the fields of the GET, and with no body. */
const withoutText = ({ status, mediaType }: GivenAnswer): GivenAnswer => ({ status, mediaType });

const essence = (mediaType: string | undefined): string | undefined =>
  mediaType?.split(';')[0]?.trim().toLowerCase();

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Clients are told to overlook fields that they do not know; here every one must be described. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const inner = Object.fromEntries(
    Object.entries(schema).map(([name, value]) => [name, closed(value)]),
  );
  const isOpen =
    inner['type'] === 'object' && 'properties' in inner && !('additionalProperties' in inner);
  return isOpen ? { ...inner, additionalProperties: false } : inner;
}
