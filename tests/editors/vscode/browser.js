// A browser on one VS Code; nothing outside this machine is asked for. Shared by the drivers of this folder.
const { chromium } = require("playwright-core");

const ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--force-device-scale-factor=1"];

/** Opens VS Code at an address in a window of a size, and hands the page to `body`; a screenshot is left on failure. */
exports.withCode = async (address, size, body) => {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ARGUMENTS });
  const context = await browser.newContext({ viewport: size, colorScheme: "light" });
  await context.route("**/*", (route) => {
    const url = new URL(route.request().url());
    return ["127.0.0.1", "localhost"].includes(url.hostname) || /^(data|blob):$/.test(url.protocol)
      ? route.continue()
      : route.abort();
  });
  const page = await context.newPage();
  try {
    await page.goto(address, { waitUntil: "domcontentloaded" });
    await page.locator(".monaco-workbench").waitFor({ timeout: 60000 });
    return await body(page);
  } catch (error) {
    await page.screenshot({ path: process.env.FAILURE_PICTURE ?? "/tmp/wrongfix-failure.png" });
    throw error;
  } finally {
    await browser.close();
  }
};
