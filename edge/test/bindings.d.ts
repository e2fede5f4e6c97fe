/** What the test configuration binds. */
declare namespace Cloudflare {
  interface Env {
    ANSWERS: KVNamespace;
  }
}
