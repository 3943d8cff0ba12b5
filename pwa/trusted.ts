/** The one Trusted Types policy: HTML that `guide/html.ts` made, and scripts of ours that come later, a visitor's (`/a/`) or the desk's (`/d/`). */

type Policy = { createHTML(text: string): unknown; createScriptURL(url: string): unknown }

type Factory = { createPolicy(name: string, rules: { createHTML(text: string): string; createScriptURL(url: string): string }): Policy }

const rules = {
  createHTML: (text: string): string => text,
  createScriptURL: (url: string): string => {
    if (!/^\/[ad]\/[0-9a-f]{8}\.js$/.test(url)) throw new TypeError('not our script')
    return url
  },
}

const factory = (globalThis as { trustedTypes?: Factory }).trustedTypes

export const trusted: Policy = factory ? factory.createPolicy('app', rules) : rules
