/** An origin inside the test: answers what it is told, and remembers what it was asked. */

export interface Asked {
  readonly path: string;
  readonly method: string;
  readonly headers: Headers;
  readonly signal: AbortSignal | undefined;
  /** What was sent. */
  readonly text: () => Promise<string>;
}

type Answer = (asked: Asked) => Response | Promise<Response>;

export class FakeOrigin {
  readonly asked: Asked[] = [];
  #answer: Answer = () => new Response('nothing here', { status: 404 });

  answers(answer: Answer): void {
    this.#answer = answer;
  }

  /** Every request from now on fails as an unreachable server does. */
  goesDown(): void {
    this.#answer = () => Promise.reject(new Error('connection refused'));
  }

  /** Every request from now on waits until whoever asked gives up, as with a server that hangs. */
  hangs(): void {
    this.#answer = ({ signal }) =>
      new Promise((_, reject) => {
        signal?.addEventListener('abort', () => reject(new Error('aborted')));
      });
  }

  /** Answers wait until `open` is called. */
  holds(answer: Answer): { open: () => void } {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#answer = async (asked) => {
      await promise;
      return answer(asked);
    };
    return { open: resolve };
  }

  readonly fetch = async (
    url: string,
    init: { method?: string; headers?: unknown; signal?: AbortSignal | null; body?: unknown } = {},
  ): Promise<Response> => {
    const path = url.replace(/^https?:\/\/[^/]+/, '');
    const headers = new Headers(init.headers as Headers);
    const { method = 'GET', signal } = init;
    const text = async () => new Response(init.body as ReadableStream | null).text();
    const asked = { path, method, headers, signal: signal ?? undefined, text };
    this.asked.push(asked);
    return this.#answer(asked);
  };

  get paths(): string[] {
    return this.asked.map(({ path }) => path);
  }
}

/** An answer with these fields. */
export const answerWith = (
  body: string,
  fields: Record<string, string> = {},
  status = 200,
): Response => new Response(body, { status, headers: { 'content-type': 'text/plain', ...fields } });
