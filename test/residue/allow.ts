/**
 * Where a browser keeps the address and the title of every site it visits, and no page can prevent it. A file that is not here fails
 * the test, and a person judges it: does it tell more than that somebody opened this address?
 */
import type { Residue, Trace } from '../../schema/residue.ts'
import type { Hit } from './scanner/scan.ts'

type Rule = { file: RegExp; why: string; also?: Trace[] }

const CHROMIUM: Rule[] = [
  { file: /^profile\/Default\/History(-journal)?$/, why: 'the history: one row' },
  { file: /^profile\/Default\/Top Sites(-journal)?$/, why: 'sites often opened' },
  { file: /^profile\/Default\/Sessions\/(Session|Tabs)_\d+$/, why: 'tabs open and lately closed: address and title' },
  { file: /^profile\/Default\/Preferences$/, why: 'how much a site is used' },
  { file: /^profile\/Default\/\.org\.chromium\.Chromium\.\w+$/, why: 'one of these while it is written' },
  { file: /^profile\/Default\/DIPS(-wal|-journal)?$/, why: 'sites that may be trackers' },
  { file: /^profile\/Default\/Network Persistent State$/, why: 'how a server was reached' },
  { file: /^profile\/Default\/TransportSecurity$/, why: 'hosts that want HTTPS, as a hash' },
  { file: /^profile\/Default\/Site Characteristics Database\//, why: 'how a page behaves in the background, by the hash of the host' },
  { file: /^profile\/Default\/Network Action Predictor(-journal)?$/, why: 'addresses completed while typed' },
  { file: /^profile\/segmentation_platform\/ukm_db(-wal|-journal)?$/, why: 'addresses, for the browser’s own counts' },
  // The name says which files, and holds nothing of what is in them: `app` is not allowed here.
  { file: /^profile\/Default\/Code Cache\/js\/[0-9a-f]+_0$/, why: 'addresses of scripts', also: ['file'] },
]

const FIREFOX: Rule[] = [
  { file: /^profile\/places\.sqlite(-wal|-shm)?$/, why: 'the history: one row' },
  { file: /^profile\/favicons\.sqlite(-wal|-shm)?$/, why: 'addresses of pages beside their pictures' },
  { file: /^profile\/sessionstore(-backups\/\w+)?\.(jsonlz4|baklz4)(\.tmp|-\d+)?$/, why: 'tabs open and lately closed: address and title' },
  { file: /^profile\/permissions\.sqlite(-journal)?$/, why: 'sites that set no storage, by name' },
  { file: /^profile\/bounce-tracking-protection\.sqlite(-wal|-journal)?$/, why: 'sites that may be trackers' },
  // What was asked for and with which headers, though the answer may not be kept: names of files, nothing of what is in them.
  { file: /^profile\/cache2\/(entries|doomed|trash\d+)\/\w+$/, why: 'addresses of scripts', also: ['file'] },
  { file: /^profile\/SiteSecurityServiceState\.(txt|bin)$/, why: 'hosts that want HTTPS' },
]

/** What tells more than the address. */
export const forbidden = (hits: Hit[], browser: Residue['browser']): Hit[] =>
  hits.filter(
    (hit) => !ALLOWED[browser].some(({ file, also = [] }) => file.test(hit.file) && ['host', 'title', ...also].includes(hit.class)),
  )

const ALLOWED = { chromium: CHROMIUM, firefox: FIREFOX }

/** For a message that says at once what to do. */
export const told = (hits: Hit[]): string[] => hits.map(({ id, file, view, form }) => `${id} in ${file} (${view}, ${form})`)
