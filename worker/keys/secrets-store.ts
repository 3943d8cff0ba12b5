/** Writes one secret of the account's Secrets Store. The platform gives a Worker no way to write but this interface of its own. */

export type Store = {
  /** May write secrets of the store, and nothing else. */
  token: string
  account: string
  store: string
  /** `https://api.cloudflare.com/client/v4`, or one that speaks the same. */
  root: string
}

const TIMEOUT_MS = 10_000

type Listed = { success: boolean; result?: { id: string; name: string }[] }

/** @throws Error when it could not be written; nothing of the secret is in its message */
export async function writeSecret(where: Store, name: string, value: string): Promise<void> {
  const listed = (await ask(where, 'GET', '?per_page=100')) as Listed
  const id = listed.result?.find((secret) => secret.name === name)?.id
  if (id === undefined) await ask(where, 'POST', '', [{ name, value, scopes: ['workers'] }])
  else await ask(where, 'PATCH', `/${id}`, { value })
}

async function ask({ token, account, store, root }: Store, method: string, path: string, body?: unknown): Promise<unknown> {
  const answer = await fetch(`${root}/accounts/${account}/secrets_store/stores/${store}/secrets${path}`, {
    method,
    headers: { Authorization: `Bearer ${token}`, ...(body !== undefined && { 'Content-Type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  })
  const said = (await answer.json()) as { success?: boolean }
  if (!answer.ok || said.success !== true) throw new Error(`the Secrets Store answered ${answer.status}`)
  return said
}
