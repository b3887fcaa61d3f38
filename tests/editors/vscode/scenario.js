// Opens a workspace in VS Code and waits for what the driver extension found; prints it and fails when anything failed.
// usage: node scenario.js ADDRESS RESULT [MESSAGE [BUTTON]]
// With MESSAGE, that text must come up as a notification, and BUTTON is pressed on it.
const fs = require("fs");
const { withCode } = require("./browser");

const [address, result, message, button] = process.argv.slice(2);

fs.rmSync(result, { force: true });
withCode(address, { width: 1280, height: 800 }, async (page) => {
  if (message) {
    const toast = page.locator(".notifications-toasts .notification-list-item", { hasText: message });
    await toast.first().waitFor({ timeout: 60000 });
    console.log(`ok      says: ${(await toast.first().locator(".notification-list-item-message").innerText()).trim()}`);
    if (process.env.PICTURE) await page.screenshot({ path: process.env.PICTURE });
    if (button) await toast.first().getByRole("button", { name: button }).click();
  }
  const end = Date.now() + 240000;
  while (!fs.existsSync(result)) {
    if (Date.now() > end) throw new Error("the driver extension did not report");
    await page.waitForTimeout(100);
  }
  const { passed, failed } = JSON.parse(fs.readFileSync(result, "utf8"));
  for (const title of passed) console.log(`ok      ${title}`);
  for (const [title, why] of Object.entries(failed)) console.log(`FAILED  ${title}\n${why}`);
  if (passed.length === 0 || Object.keys(failed).length > 0) throw new Error("not all passed");
}).catch((error) => {
  console.error(String(error.message ?? error));
  process.exit(1);
});
