import { join, resolve } from 'node:path'

const FOLDER = resolve(process.env.EDGEWISE_SCREENSHOTS || '.edgewise/browser')

/** Where that screenshot or trace is kept, outside git: in EDGEWISE_SCREENSHOTS or else below `.edgewise`. */
export const artefact = (...names: string[]): string => join(FOLDER, ...names.map(asFileName))

const asFileName = (name: string): string => name.replace(/[^\p{L}\p{N}.]+/gu, '-')
