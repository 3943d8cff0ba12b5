/** What the tests' configuration adds to the Worker's own bindings. */
declare namespace Cloudflare {
  interface Env {
    TEST_MIGRATIONS: import('cloudflare:test').D1Migration[]
    BOT_API_RULES: Fetcher
    /** How often two claim at once, where somebody says so (`npm run nightly`). */
    CLAIMS: string
  }
}
