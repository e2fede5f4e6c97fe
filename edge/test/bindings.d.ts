/** What the test configuration binds. */
declare namespace Cloudflare {
  interface Env {
    ANSWERS: KVNamespace;
    PURGE_QUEUE: DurableObjectNamespace<import('./main.ts').TestPurgeQueue>;
  }
}
