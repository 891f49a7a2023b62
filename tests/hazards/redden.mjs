#!/usr/bin/env node
// Takes each defence out in turn and demands that its test fails.
//   tests/hazards/redden.mjs [--jobs N] [--dirty] [--no-sim] [--list] [Hnn | name of a break | name of a target] ...
// Works in a copy of the tree under build/redden with a build of its own (preset dev), so the sources are never touched.
// First every chosen test must pass; then each break is applied, its targets are built, its tests are run and must fail, and it
// is taken back. For developers: it takes a build for each break.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, utimesSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { applyBreak, filesOf, readIndex, root, sourceFiles } from './hazards.mjs';

const options = { jobs: '2', dirty: false, sim: true, list: false };
const chosen = [];
for (let i = 2; i < process.argv.length; ++i) {
    const given = process.argv[i];
    if (given === '--jobs') options.jobs = process.argv[++i];
    else if (given === '--dirty') options.dirty = true;
    else if (given === '--no-sim') options.sim = false;
    else if (given === '--list') options.list = true;
    else chosen.push(given);
}

const copy = join(root, 'build/redden');
const build = join(copy, 'build/dev');
const environment = { ...process.env, CCACHE_BASEDIR: copy, CCACHE_NOHASHDIR: '1', QT_QPA_PLATFORM: 'offscreen', LC_ALL: 'C.UTF-8' };
const kPatienceMs = 300_000;

function run(program, args, folder, patience = 0) {
    return spawnSync(program, args, { cwd: folder, env: environment, encoding: 'utf8', timeout: patience, maxBuffer: 1 << 28, killSignal: 'SIGKILL' });
}

// Only what differs is written, so that only it is built again.
function bringUpToDate() {
    const files = new Set(sourceFiles());
    const walk = (folder) => {
        for (const entry of readdirSync(join(copy, folder), { withFileTypes: true })) {
            const path = join(folder, entry.name);
            if (path === 'build' || entry.name === 'node_modules') continue;
            if (entry.isDirectory()) walk(path);
            else if (!files.has(path)) rmSync(join(copy, path));
        }
    };
    if (existsSync(copy)) walk('');
    for (const file of files) {
        const to = join(copy, file);
        if (lstatSync(join(root, file)).isDirectory()) continue;
        if (existsSync(to) && readFileSync(to).equals(readFileSync(join(root, file)))) continue;
        mkdirSync(dirname(to), { recursive: true });
        copyFileSync(join(root, file), to);
    }
    const packages = join(copy, 'deploy/npm/node_modules');
    if (!existsSync(packages)) symlinkSync(relative(dirname(packages), join(root, 'deploy/npm/node_modules')), packages);
}

function restore(files) {
    for (const file of files) {
        copyFileSync(join(root, file), join(copy, file));
        utimesSync(join(copy, file), new Date(), new Date());
    }
}

function ninja(targets) {
    const done = run('ninja', ['-C', build, `-j${options.jobs}`, ...targets], copy);
    return done.status === 0 ? '' : done.stdout.split('\n').filter((line) => /error|FAILED/.test(line)).slice(0, 6).join('\n');
}

// A Qt Test program answers with the number of its failures; one that hangs or dies has not passed either. `whole` targets
// (fuzz) take their own arguments.
function outcomeOf(evidence) {
    const args = evidence.arguments ?? evidence.tests;
    const done = run(join(build, evidence.folder, evidence.target), args, copy, evidence.patience ?? kPatienceMs);
    return { red: done.status !== 0, text: (done.stdout ?? '') + (done.stderr ?? '') };
}

const firstFailure = (text) => (text.match(/^FAIL!\s+:\s+(.*)$/m)?.[1] ?? text.trim().split('\n').at(-1) ?? '').slice(0, 140);

// With a break in the product the simulation must find it within as many seeds as a known bug.
const kSimulation = { target: 'fieldclaim-sim', folder: 'tests/simulation', arguments: ['--runs', '2000', '--jobs', options.jobs], patience: 6 * kPatienceMs };

const index = readIndex();
const all = [];
const bugs = [];
for (const row of index.hazards) {
    for (const one of row.evidence) {
        const picked = chosen.length === 0 || [row.hazard, one.break, one.target, one.bug].some((name) => chosen.includes(name));
        if (!picked) continue;
        if (one.bug) bugs.push({ hazard: row.hazard, bug: one.bug });
        if (one.level === 'sim') {
            if (one.break && options.sim) all.push({ ...kSimulation, break: one.break, hazard: row.hazard });
        } else if (one.break) all.push({ ...one, hazard: row.hazard, folder: dirname(index.targets[one.target][0]) });
    }
}
// Breaks of one library come together.
const names = [...new Set(all.map((one) => one.break))].sort((a, b) => (filesOf(a)[0] + a < filesOf(b)[0] + b ? -1 : 1));
if (options.list) {
    for (const name of names) console.log(name, filesOf(name).join(' '));
    process.exit(0);
}

bringUpToDate();
if (!existsSync(join(build, 'build.ninja'))) {
    const configured = run('cmake', ['--preset', 'dev'], copy);
    if (configured.status !== 0) {
        console.error(configured.stdout + configured.stderr);
        process.exit(2);
    }
}

const table = [];
const note = (hazard, by, test, result) => {
    table.push([hazard, by, test, result]);
    console.log(`${result === 'red' ? 'red     ' : result} ${hazard} ${by} ${test}`);
};

const targets = [...new Set(all.map((one) => one.target))];
if (targets.length > 0) {
    const failed = ninja(targets);
    if (failed) {
        console.error(failed);
        process.exit(2);
    }
    const seen = new Set();
    for (const one of all) {
        const key = `${one.target} ${(one.arguments ?? one.tests).join(' ')}`;
        if (seen.has(key)) continue;
        seen.add(key);
        const { red, text } = outcomeOf(one);
        if (red) {
            console.error(`fails with all defences in: ${key}\n${firstFailure(text)}`);
            process.exit(2);
        }
    }
}
for (const name of names) {
    const those = all.filter((one) => one.break === name);
    const refusal = applyBreak(copy, name);
    const failed = refusal || ninja([...new Set(those.map((one) => one.target))]);
    for (const one of those) {
        // Each test by itself: one that stays green may not hide behind another.
        for (const test of failed ? ['-'] : one.arguments ? [null] : one.tests) {
            if (failed) {
                note(one.hazard, name, one.target, `NO BUILD\n${failed}\n`);
                continue;
            }
            const { red, text } = outcomeOf(test === null ? one : { ...one, tests: [test] });
            note(one.hazard, name, `${one.target} ${test ?? ''}`, red ? 'red' : 'NOT RED');
            if (red) console.log(`         ${firstFailure(text)}`);
        }
    }
    if (!options.dirty || name !== names.at(-1)) restore(filesOf(name));
}
if (options.sim && bugs.length > 0) {
    const failed = ninja(['fieldclaim-sim']);
    for (const { hazard, bug } of bugs) {
        const caught = !failed && run(join(build, 'tests/simulation/fieldclaim-sim'), ['--bug', bug, '--runs', '2000', '--jobs', options.jobs], copy, 3 * kPatienceMs).status === 1;
        note(hazard, `--bug ${bug}`, 'fieldclaim-sim', failed ? `NO BUILD\n${failed}\n` : caught ? 'red' : 'NOT RED');
    }
}
const bad = table.filter((row) => row[3] !== 'red');
console.log(`\n${table.length - bad.length} of ${table.length} red`);
for (const row of bad) console.log(row.join('  '));
process.exit(bad.length === 0 ? 0 : 1);
