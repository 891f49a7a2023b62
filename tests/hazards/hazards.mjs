// The index of the hazards, read and checked: hazards.json says for each hazard what must happen and, level by level, the
// tests that show it and the break that turns them red. Used by `check.mjs` (ctest: hazard_index) and `redden.mjs`.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
export const root = join(here, '..', '..');
export const breaks = join(here, 'breaks');

/** Those that have their tests: the others wait for what they are about. */
export const wanted = [...numbers(1, 46), ...numbers(50, 55)].map(hazardName);

function numbers(first, last) {
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}
function hazardName(number) {
    return `H${String(number).padStart(2, '0')}`;
}

export function readIndex(from = root) {
    return JSON.parse(readFileSync(join(from, 'tests/hazards/hazards.json'), 'utf8'));
}

/** `git apply` would ask for a repository, and an archive of the sources is none. */
export function applyBreak(tree, name, { dry = false } = {}) {
    const options = ['-p1', '--forward', '--batch', '--fuzz=0', '--no-backup-if-mismatch', '-r', '-'];
    if (dry) options.push('--dry-run');
    const done = spawnSync('patch', [...options, '-d', tree, '-i', join(breaks, `${name}.patch`)], { encoding: 'utf8' });
    return done.status === 0 ? '' : (done.error?.message ?? done.stdout + done.stderr).trim();
}

export function filesOf(name) {
    const text = readFileSync(join(breaks, `${name}.patch`), 'utf8');
    return [...text.matchAll(/^\+\+\+ b\/(\S+)/gm)].map((match) => match[1]);
}

/** What is wrong with the index, one sentence each; none: all is well. */
export function defectsOf(index) {
    const out = [];
    const rows = new Map(index.hazards.map((row) => [row.hazard, row]));
    for (const hazard of wanted) if (!rows.has(hazard)) out.push(`${hazard}: no row in hazards.json`);
    const sources = new Map();
    const textOf = (path) => {
        if (!sources.has(path)) sources.set(path, existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : null);
        return sources.get(path);
    };
    const bugs = textOf('tests/simulation/bug_names.cpp') ?? '';
    const faults = textOf('tests/simulation/counts.cpp') ?? '';
    const named = new Set();
    for (const row of index.hazards) {
        const say = (what) => out.push(`${row.hazard}: ${what}`);
        for (const level of row.levels) {
            const shown = row.evidence.some((one) => one.level === level);
            if (!shown && !row.open?.[level]) say(`nothing at the level ${level}, and no word why`);
        }
        for (const one of row.evidence) {
            if (one.bug && !bugs.includes(`"${one.bug}"`)) say(`the simulation has no bug ${one.bug}`);
            if (one.fault && !faults.includes(one.fault)) say(`the simulation has no fault ${one.fault}`);
            if (one.break) {
                named.add(one.break);
                if (!existsSync(join(breaks, `${one.break}.patch`))) say(`no breaks/${one.break}.patch`);
            }
            if (one.level === 'sim') {
                if (!one.fault) say('the simulation by no fault');
                if (!one.bug && !one.break && !one.why) say('the simulation: no known bug, no break, and no word why');
                continue;
            }
            if (!one.break && !one.why) say(`${one.target}: no break, and no word why`);
            const paths = index.targets[one.target];
            if (!paths) {
                say(`${one.target} is not among the targets`);
                continue;
            }
            const texts = paths.map(textOf);
            if (texts.includes(null)) say(`${one.target}: no such source`);
            const lists = textOf(join(dirname(paths[0]), 'CMakeLists.txt')) ?? '';
            if (!new RegExp(`(fieldclaim_test|add_executable|fieldclaim_program)\\(${one.target}\\b`).test(lists))
                say(`${dirname(paths[0])} builds no ${one.target}`);
            for (const test of one.tests) {
                const found = new RegExp(`(void (\\w+::)?${test}\\(\\)|\\{"${test}",)`);
                if (!texts.some((text) => found.test(text ?? ''))) say(`${one.target} has no test ${test}`);
            }
        }
    }
    for (const file of readdirSync(breaks)) {
        const name = file.replace(/\.patch$/, '');
        if (!named.has(name)) out.push(`breaks/${file} is named by no row`);
        const refusal = applyBreak(root, name, { dry: true });
        if (refusal) out.push(`breaks/${file} does not apply any more: ${refusal.split('\n').at(-1)}`);
    }
    return out;
}

const testsOf = (one) => one.tests.map((test) => `\`${test}\``).join('<br>');

/** The same for people. */
export function pageOf(index) {
    const lines = [
        '# Hazards, their tests, and what turns them red',
        '',
        'Each row is something that has gone wrong in a system in use. It counts as covered when its test fails with the defence',
        'taken out of the product. This page is made from `tests/hazards/hazards.json` (`tests/hazards/check.mjs --write`); the test',
        '`hazard_index` says when a test, a break or this page is not what the index says.',
        '',
        '    tests/hazards/redden.mjs              # every break in turn, in a copy of the tree under build/redden: a table, red or not',
        '    tests/hazards/redden.mjs H07 H12      # only those',
        '    tests/hazards/redden.mjs --dirty ...  # keeps the last break in the copy, to look at it',
        '',
        'A break is a patch under `tests/hazards/breaks` that takes one defence out of the product, with a line on what it takes',
        'out. At the level *sim* it is that, or a known bug of the simulation (`fieldclaim-sim --bug NAME`; all of them: the test',
        '`sim_bugs`). Levels: *sim* the seeded simulation, *fault* every operation of the disk failed in turn, *crash* real',
        'processes killed, *net* real sockets through a hostile proxy, *fuzz* mutated input, *unit* everything else.',
        '',
        '| H | what must happen | level | test | break |',
        '|---|---|---|---|---|',
    ];
    for (const row of index.hazards) {
        let first = `${row.hazard.slice(1)} | ${row.must}`;
        const put = (level, test, by) => {
            lines.push(`| ${first} | ${level} | ${test} | ${by} |`);
            first = '| ';
        };
        for (const one of row.evidence) {
            if (one.level === 'sim') {
                const by = one.bug ? `\`--bug ${one.bug}\`` : one.break ? `\`${one.break}\`` : one.why;
                put('sim', `\`fieldclaim-sim\`: ${one.fault}`, by);
            } else put(one.level, `\`${one.target}\`<br>${testsOf(one)}`, one.break ? `\`${one.break}\`` : one.why);
        }
        for (const [level, why] of Object.entries(row.open ?? {})) put(level, why, 'open');
    }
    return lines.join('\n') + '\n';
}

/** The sources as they are on the disk: git's list where there is a repository, else all but what is built. */
export function sourceFiles() {
    try {
        const listed = execFileSync('git', ['-C', root, 'ls-files', '-co', '--exclude-standard', '-z'], {
            encoding: 'utf8', maxBuffer: 1 << 26, stdio: ['ignore', 'pipe', 'ignore'],
        });
        return listed.split('\0').filter((path) => path && existsSync(join(root, path)));
    } catch {
        const out = [];
        const walk = (folder) => {
            for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
                const path = join(folder, entry.name);
                if (['.git', 'build', 'node_modules'].includes(entry.name)) continue;
                if (entry.isDirectory()) walk(path);
                else out.push(path);
            }
        };
        walk('.');
        return out;
    }
}
