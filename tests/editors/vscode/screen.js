// What a user sees and presses: squiggle, hover, Problems, light bulb, completion, code lens, status bar, saved file.
// usage: node screen.js ADDRESS WORKSPACE PICTURES       screenshots for the README go to PICTURES
const assert = require("assert");
const fs = require("fs");
const path = require("path");
const { withCode } = require("./browser");

const [address, workspace, pictures] = process.argv.slice(2);
const record = path.join(workspace, "docs/decisions/0003-opening-hours.md");
const settings = path.join(workspace, ".vscode/settings.json");

const done = (title) => console.log(`ok      ${title}`);

withCode(`${address}/?folder=${workspace}`, { width: 1080, height: 640 }, async (page) => {
  const editor = page.locator(".editor-instance .monaco-editor").first();
  const squiggle = page.locator(".squiggly-error");
  const picture = (name, clip) => page.screenshot({ path: path.join(pictures, `${name}.png`), ...(clip ? { clip } : {}) });
  const press = (keys) => page.keyboard.press(keys);
  const goTo = async (place) => {
    await press("Control+G");
    await page.locator(".quick-input-widget input").first().waitFor();
    await page.keyboard.type(place, { delay: 10 });
    await press("Enter");
    await page.waitForTimeout(300);
  };
  const openFile = async (name) => {
    await press("Control+P");
    await page.locator(".quick-input-widget input").first().waitFor();
    await page.keyboard.type(name, { delay: 10 });
    await page.locator(".quick-input-list .monaco-list-row", { hasText: name }).first().waitFor();
    await press("Enter");
    await page.locator(".tabs-container .tab.active", { hasText: name }).waitFor();
  };

  await page.locator(".explorer-folders-view").waitFor({ timeout: 30000 });
  await openFile("0003-opening-hours.md");
  await squiggle.first().waitFor({ state: "attached", timeout: 60000 });
  const [under, line] = [await placed(squiggle.first()), await placed(page.locator(".view-line", { hasText: "approach:" }))];
  assert.ok(under.y >= line.y - 2 && under.y <= line.y + line.height, "the squiggle is on another line");
  done("a line under the chosen approach");
  await page.locator(".statusbar-item", { hasText: "wrongfix" }).first().waitFor();
  done("the status bar says it runs");

  await press("Control+Shift+M");
  const problem = page.locator(".markers-panel .monaco-list-row", { hasText: "Facts that change" });
  await problem.first().waitFor({ timeout: 20000 });
  assert.match(await problem.first().innerText(), /KNW002/);
  done("the Problems panel names the rule");
  await goToEditor();
  await goTo("6:14");
  await press("Escape");
  await page.waitForTimeout(600);
  await picture("problems");
  await press("Control+J");
  await page.locator(".markers-panel").waitFor({ state: "hidden" });

  await page.mouse.move(600, 400);
  await page.mouse.move(under.x + 30, under.y + under.height - 8, { steps: 12 });
  const hover = page.locator(".monaco-hover", { hasText: "Facts that change" }).first();
  await hover.waitFor({ timeout: 20000 });
  await page.waitForTimeout(700);
  await picture("hover");
  done("the hover explains");
  await press("Escape");
  await page.mouse.move(5, 600);

  await goToEditor();
  await goTo("5:31");
  await page.keyboard.type(", ", { delay: 30 });
  await press("Control+Space");
  await page.locator(".suggest-widget .monaco-list-row").first().waitFor({ timeout: 20000 });
  await page.keyboard.type("missing-", { delay: 60 });
  await page.locator(".suggest-widget .monaco-list-row", { hasText: "missing-citations" }).first().waitFor({ timeout: 20000 });
  await press("Control+Space"); // the explanation beside the list
  await page.waitForTimeout(800);
  await picture("completion");
  done("completion offers tags while the list is unfinished");
  await press("Escape");
  for (let i = 0; i < ", missing-".length; i++) await press("Backspace");
  await page.locator(".view-line", { hasText: "failure-tags: [stale-knowledge]" }).waitFor();

  fs.mkdirSync(path.dirname(settings), { recursive: true });
  fs.writeFileSync(settings, '{"wrongfix.codeLens": true}');
  await page.locator(".codelens-decoration").first().waitFor({ timeout: 20000 });
  done("the code lens sums the record up when switched on");
  fs.writeFileSync(settings, "{}");
  await page.locator(".codelens-decoration").first().waitFor({ state: "detached", timeout: 20000 });

  await goTo("6:14");
  await press("Control+.");
  const first = page.locator(".action-widget .monaco-list-row", { hasText: "Replace fine-tuning by rag" }).first();
  await first.waitFor({ timeout: 20000 });
  await page.waitForTimeout(700);
  await picture("quick-fix");
  await press("Enter");
  await squiggle.first().waitFor({ state: "detached", timeout: 20000 });
  await press("Control+S");
  for (let i = 0; i < 100 && !/\[rag\]/.test(fs.readFileSync(record, "utf8")); i++) await page.waitForTimeout(50);
  const fixed = fs.readFileSync(path.join(__dirname, "../records/0003-opening-hours.md"), "utf8");
  assert.strictEqual(fs.readFileSync(record, "utf8"), fixed.replace("approach: [fine-tuning]", "approach: [rag]"));
  done("the quick fix leaves the fixed file");

  await page.locator(".statusbar-item", { hasText: "wrongfix" }).first().click();
  await page.locator(".quick-input-list .monaco-list-row", { hasText: "New record" }).click();
  await page.locator(".quick-input-widget input").first().waitFor();
  await page.waitForTimeout(300);
  await page.keyboard.type("Answer from the current price list", { delay: 5 });
  await press("Enter");
  await page.locator(".tabs-container .tab", { hasText: "answer-from-the-current-price-list" }).waitFor({ timeout: 20000 });
  done("the status bar's menu begins a new record");

  /** Returns where something is drawn; the editor draws its lines anew now and then. */
  async function placed(locator) {
    for (let i = 0; i < 50; i++) {
      const box = await locator.boundingBox();
      if (box !== null) return box;
      await page.waitForTimeout(100);
    }
    throw new Error(`not drawn: ${locator}`);
  }
  async function goToEditor() {
    await press("Control+1");
    await page.waitForTimeout(200);
    await editor.waitFor();
  }
}).catch((error) => {
  console.log(`FAILED  ${String(error.stack ?? error)}`);
  process.exit(1);
});
