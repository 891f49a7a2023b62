// Walks through the console in a real browser, as a back-office officer would, and leaves pictures.
//   node tour.mjs URL LOGIN PASSWORD FOLDER NAME_OF_CUSTOMER
// Ends with "console: N checks passed", or with the first check that failed and exit code 1.
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../..');
const { chromium } = createRequire(path.join(root, 'deploy/npm/package.json'))('playwright-core');
const [url, login, password, folder, customer] = process.argv.slice(2);

let checks = 0;
function check(what, holds) {
  if (!holds) throw new Error(what);
  checks += 1;
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});
try {
  // The demonstration's certificate is of its own private authority.
  const context = await browser.newContext({ ignoreHTTPSErrors: true, viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const refused = [];
  page.on('console', (message) => { if (message.type() === 'error') refused.push(message.text()); });

  await page.goto(`${url}/console/claims`);
  check('whoever is not signed in is led to the sign-in page', page.url().endsWith('/console/sign-in'));
  await page.screenshot({ path: path.join(folder, 'console-1-sign-in.png') });

  await page.getByLabel('User name').fill(login);
  await page.getByLabel('Password').fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  check('a wrong password is said in words', await page.getByRole('alert').isVisible());
  refused.length = 0; // the browser itself logs the 403

  await page.getByLabel('User name').fill(login);
  await page.getByLabel('Password').fill(password);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/console/claims');
  const link = page.getByRole('link', { name: customer });
  check('the claim is in the list', await link.isVisible());
  check('it is shown as accepted', await page.getByText('Accepted', { exact: true }).first().isVisible());
  await page.screenshot({ path: path.join(folder, 'console-2-claims.png') });

  await link.click();
  check('the claim has its customer as the title', (await page.locator('h1').innerText()) === customer);
  check('the signature holds', await page.getByText('The signature holds').isVisible());
  check('answers carry who gave them', await page.getByText('Siân Pritchard').first().isVisible());
  await page.locator('.fc-files summary').first().click();
  const picture = page.locator('.fc-files img').first();
  await picture.scrollIntoViewIfNeeded();
  check('the picture of a proof is shown', await picture.evaluate((image) => image.decode().then(() => image.naturalWidth > 0)));
  await page.screenshot({ path: path.join(folder, 'console-3-claim.png'), fullPage: true });

  await page.getByRole('link', { name: 'Transfers' }).click();
  check('both transfers were accepted', (await page.locator('.govuk-tag--green').count()) === 2);
  await page.screenshot({ path: path.join(folder, 'console-4-transfers.png') });

  await page.setViewportSize({ width: 400, height: 800 });
  check('nothing is wider than a narrow screen', await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth));

  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.goto(`${url}/console/claims`);
  check('after signing out nothing is shown', page.url().endsWith('/console/sign-in'));
  check(`the content security policy refused nothing of ours: ${refused.join('; ')}`, refused.length === 0);
  console.log(`console: ${checks} checks passed`);
} finally {
  await browser.close();
}
