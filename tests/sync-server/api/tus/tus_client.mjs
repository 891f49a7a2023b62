// Drives tus-js-client, unchanged, against a sync server.
//   node tus_client.mjs PLAN
// PLAN is JSON: {ca, token, jobs: [{how, url, file, sha256, claim}]}, with `how` one of the names of `ways` below.
// Prints one JSON line for each job: {how, url, requests}. Ends with exit code 1 and the reason when one fails.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../..');
const tus = createRequire(path.join(root, 'deploy/npm/package.json'))('tus-js-client');
const plan = JSON.parse(process.argv[2]);
const httpStack = new tus.DefaultHttpStack({ ca: plan.ca });

function check(what, holds) {
  if (!holds) throw new Error(what);
}

/** Runs an upload to its end; gives the upload, or what it ended with. */
function run(job, requests, more = {}) {
  const bytes = readFileSync(job.file);
  return new Promise((resolve, reject) => {
    const upload = new tus.Upload(bytes, {
      endpoint: `${job.url}/v1/uploads`,
      httpStack,
      headers: { Authorization: `Bearer ${plan.token}` },
      metadata: { sha256: job.sha256, claim: job.claim, filename: path.basename(job.file) },
      chunkSize: 512 * 1024,
      retryDelays: Array.from({ length: 40 }, () => 20),
      onAfterResponse: (request, response) => { requests.push(`${request.getMethod()} ${response.getStatus()}`); },
      onSuccess: () => resolve(upload),
      onError: reject,
      ...more,
      ...(more.onPart ? { onChunkComplete: (_, sent) => more.onPart(upload, sent, resolve) } : {}),
    });
    upload.start();
  });
}

const ways = {
  upload: (job, requests) => run(job, requests, { chunkSize: Infinity }),
  creation: (job, requests) => run(job, requests, { uploadDataDuringCreation: true }),
  cut: (job, requests) => run(job, requests),
  checksum: (job, requests) => run(job, requests, {
    chunkSize: Infinity,
    onBeforeRequest: (request) => {
      if (request.getMethod() !== 'PATCH') return;
      request.setHeader('Upload-Checksum', `sha1 ${createHash('sha1').update(readFileSync(job.file)).digest('base64')}`);
    },
  }),
  async resume(job, requests) {
    const begun = await run(job, requests, {
      onPart: (upload, sent, stop) => { if (sent >= 1024 * 1024) upload.abort().then(() => stop(upload)); },
    });
    check('nothing was left to resume', requests.filter((line) => line === 'PATCH 204').length < 4);
    requests.length = 0;
    const resumed = await run(job, requests, { uploadUrl: begun.url });
    check('it did not ask where to go on', requests[0] === 'HEAD 200');
    return resumed;
  },
  async terminate(job, requests) {
    const begun = await run(job, requests, {
      onPart: (upload, _, stop) => { upload.abort(true).then(() => stop(upload)); },
    });
    check('it was not deleted', requests.at(-1) === 'DELETE 204');
    return begun;
  },
};

for (const job of plan.jobs) {
  const requests = [];
  const upload = await ways[job.how](job, requests);
  console.log(JSON.stringify({ how: job.how, url: upload.url, requests }));
}
