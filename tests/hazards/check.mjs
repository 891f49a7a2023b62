#!/usr/bin/env node
// Is hazards.json what the tree has, and docs/hazards.md what hazards.json says?   --write makes the page.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defectsOf, pageOf, readIndex, root } from './hazards.mjs';

const index = readIndex();
const page = join(root, 'docs/hazards.md');
if (process.argv.includes('--write')) writeFileSync(page, pageOf(index));
const defects = defectsOf(index);
if (readFileSync(page, 'utf8') !== pageOf(index)) defects.push('docs/hazards.md is not what hazards.json says: tests/hazards/check.mjs --write');
for (const defect of defects) console.error(defect);
process.exit(defects.length === 0 ? 0 : 1);
