/**
 * A stand-in for AWS KMS that speaks its JSON protocol: Encrypt, Decrypt and GenerateDataKey, bound to the
 * encryption context, and the ways it fails. Signatures must be there; they are not verified.
 */
import { randomBytes } from 'node:crypto';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { openBytes, sealBytes } from '../src/vault/seal.ts';

/** How it fails: with an error of that name, by never answering, or by cutting the connection. */
export type KmsFault = { error: string; status: number; times?: number } | 'hang' | 'cut';

/** A running stand-in. */
export interface StandInKms {
  url: string;
  /** The operations that were asked for, with their encryption contexts. */
  asked: { operation: string; context: Record<string, string> }[];
  fault: KmsFault | undefined;
  close: () => Promise<void>;
}

interface Answer {
  status: number;
  body: object;
}

interface Question {
  KeyId?: string;
  Plaintext?: string;
  CiphertextBlob?: string;
  NumberOfBytes?: number;
  EncryptionContext?: Record<string, string>;
}

class KmsError extends Error {
  readonly status: number;

  constructor(name: string, status = 400) {
    super(`${name} of the stand-in`);
    this.name = name;
    this.status = status;
  }
}

const toArn = (keyId: string): string => `arn:aws:kms:eu-central-1:000000000000:key/${keyId}`;

/** Starts one that has keys of these ids. */
export async function startKms(...keyIds: string[]): Promise<StandInKms> {
  const keys = new Map(keyIds.map((id) => [id, randomBytes(32)]));
  const find = (id: string): Buffer => {
    const key = keys.get(id);
    if (!key) throw new KmsError('NotFoundException');
    return key;
  };

  function encrypt(question: Question, plaintext: Buffer): object {
    const id = question.KeyId ?? '';
    const sealed = sealBytes(find(id), toPlace(question), plaintext);
    const blob = Buffer.concat([Buffer.from(`${id}\n`), sealed]);
    return { KeyId: toArn(id), CiphertextBlob: blob.toString('base64') };
  }

  function decrypt(question: Question): object {
    const blob = Buffer.from(question.CiphertextBlob ?? '', 'base64');
    const id = blob.subarray(0, blob.indexOf('\n')).toString();
    try {
      const plaintext = openBytes(find(id), toPlace(question), blob.subarray(id.length + 1));
      return { KeyId: toArn(id), Plaintext: plaintext.toString('base64') };
    } catch (error) {
      if (error instanceof KmsError) throw error;
      throw new KmsError('InvalidCiphertextException');
    }
  }

  function answer(operation: string, question: Question): object {
    if (operation === 'Decrypt') return decrypt(question);
    if (operation === 'Encrypt') {
      return encrypt(question, Buffer.from(question.Plaintext ?? '', 'base64'));
    }
    if (operation !== 'GenerateDataKey') throw new KmsError('UnknownOperationException');
    const key = randomBytes(question.NumberOfBytes ?? 0);
    return { ...encrypt(question, key), Plaintext: key.toString('base64') };
  }

  function respond({ authorization }: IncomingHttpHeaders, asked: () => object): Answer {
    try {
      if (!authorization?.startsWith('AWS4-HMAC-SHA256 ')) {
        throw new KmsError('MissingAuthenticationTokenException');
      }
      const { fault } = kms;
      if (typeof fault !== 'object') return { status: 200, body: asked() };
      if (fault.times === 1) kms.fault = undefined;
      else if (fault.times !== undefined) fault.times -= 1;
      throw new KmsError(fault.error, fault.status);
    } catch (error) {
      const { name, message, status } = error instanceof KmsError ? error : new KmsError('Bug');
      return { status, body: { __type: name, message } };
    }
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const question = await readJson(request);
    const operation = String(request.headers['x-amz-target']).replace('TrentService.', '');
    kms.asked.push({ operation, context: question.EncryptionContext ?? {} });
    if (kms.fault === 'hang') return;
    if (kms.fault === 'cut') {
      request.socket.destroy();
      return;
    }
    const { status, body } = respond(request.headers, () => answer(operation, question));
    const type = { 'content-type': 'application/x-amz-json-1.1' };
    response.writeHead(status, type).end(JSON.stringify(body));
  }

  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  const { port } = server.address() as AddressInfo;
  const kms: StandInKms = {
    url: `http://127.0.0.1:${port}`,
    asked: [],
    fault: undefined,
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => {
        server.close(() => done());
      });
    },
  };
  return kms;
}

const toPlace = ({ EncryptionContext = {} }: Question): readonly unknown[] =>
  Object.entries(EncryptionContext).toSorted(([a], [b]) => (a < b ? -1 : 1));

async function readJson(request: IncomingMessage): Promise<Question> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return JSON.parse(text) as Question;
}
