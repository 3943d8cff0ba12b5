/** The one Trusted Types policy: HTML that `guide/html.ts` made, and scripts of ours, which the page's policy knows by their hashes. */

type Rules = { createHTML(text: string): string; createScript(text: string): string }

type Policy = { createHTML(text: string): unknown; createScript(text: string): unknown }

const rules: Rules = { createHTML: (text) => text, createScript: (text) => text }

const factory = (globalThis as { trustedTypes?: { createPolicy(name: string, rules: Rules): Policy } }).trustedTypes

export const trusted: Policy = factory ? factory.createPolicy('app', rules) : rules
