/** As in `worker/local.d.ts`: only a local build believes a root that the server names. */
declare const LOCAL: boolean
/** Whom this build believes (`BuiltTalk`); null while the organisation has no roots. */
declare const TALK: import('../../../schema/api.ts').BuiltTalk | null
