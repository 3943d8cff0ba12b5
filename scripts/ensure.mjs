// Installs the packages when they are missing or older than the lockfile. Runs on any Node, before anything else does.
import { execSync } from 'node:child_process'
import { existsSync, lstatSync, statSync } from 'node:fs'

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `This needs Node 20.19 or newer; you have ${process.versions.node}. Install a newer one from https://nodejs.org and run the same command again.`,
  )
  process.exit(1)
}

// A folder that only links to another project's packages is not ours to empty.
if (existsSync('node_modules') && lstatSync('node_modules').isSymbolicLink()) process.exit(0)

const installed = 'node_modules/.package-lock.json' // npm writes it last, after a whole install
if (!existsSync(installed) || statSync(installed).mtimeMs < statSync('package-lock.json').mtimeMs) {
  console.log('Installing packages (once, about half a minute) …')
  try {
    execSync('npm ci --no-audit --no-fund', { stdio: 'inherit' })
  } catch {
    console.error('The packages could not be installed. Check the network connection, then run the same command again.')
    process.exit(1)
  }
}

// The packages bring their own Node for Linux x64, and npm finds it first; elsewhere the one at hand must run TypeScript.
const brought = existsSync('node_modules/.bin/node') || existsSync('node_modules/.bin/node.exe')
if (!brought && (major < 22 || (major === 22 && minor < 18))) {
  console.error(
    `On this kind of machine this needs Node 22.18 or newer; you have ${process.versions.node}. Install a newer one from https://nodejs.org and run the same command again.`,
  )
  process.exit(1)
}
