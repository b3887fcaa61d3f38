/** The server's life: found, started, restarted when it dies, given up on when it keeps dying. */
import * as vscode from "vscode";
import {
  CloseAction,
  type CloseHandlerResult,
  ErrorAction,
  LanguageClient,
  type LanguageClientOptions,
  RevealOutputChannelOn,
  State as ClientState,
} from "vscode-languageclient/node";
import { tell } from "./install";
import { type Found, locate } from "./locate";
import { codeOfPage } from "./pages";
import { shown } from "./run";
import type { StatusBar } from "./status";

/** So many deaths within so many milliseconds, and the server is not started again. */
const DEATHS = 5;
const WITHIN = 180_000;

export class Server implements vscode.Disposable {
  private client: LanguageClient | undefined;
  private deaths: number[] = [];
  private turn: Promise<void> = Promise.resolve();
  private running: Found | undefined;

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly log: vscode.LogOutputChannel,
    private readonly status: StatusBar,
  ) {}

  /** The server that runs, or the last one that did. */
  get found(): Found | undefined {
    return this.running;
  }

  get pid(): number | undefined {
    return this.client?.serverProcess?.pid;
  }

  /** Starts the server, or starts it anew; calls wait for each other. */
  restart(): Promise<void> {
    this.deaths = [];
    this.turn = this.turn.then(() => this.start()).catch((error: unknown) => this.failed(error));
    return this.turn;
  }

  async stop(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    try {
      await client?.dispose();
    } catch (error) {
      this.log.warn(`While stopping: ${String(error)}`);
    }
  }

  dispose(): void {
    void this.stop();
  }

  private async start(): Promise<void> {
    await this.stop();
    this.status.show("starting");
    const server = await locate(this.context, this.log);
    if (server.kind === "missing") {
      this.running = undefined;
      this.status.show("missing", undefined, server.problem);
      // Not awaited: a message may stay on screen for as long as it likes.
      void tell(server, this.context, this.log).then((again) => (again ? this.restart() : undefined));
      return;
    }
    this.running = server;
    this.log.info(`Starting ${shown(server.command)} server, wrongfix ${server.version} from ${server.origin}.`);
    const client = this.connect(server);
    this.client = client;
    client.onDidChangeState(({ newState }) => {
      if (client !== this.client) return;
      if (newState === ClientState.Running) this.status.show("running", server);
      if (newState === ClientState.Starting) this.status.show("starting", server);
      if (newState === ClientState.Stopped) this.status.show("stopped", server);
    });
    await client.start();
  }

  private connect(server: Found): LanguageClient {
    const executable = {
      command: server.command.program,
      args: [...server.command.args, "server"],
      // The working folder is the extension's own, so that no file of a workspace stands in for a module.
      options: { cwd: this.context.extensionPath, env: { ...process.env, PYTHONUTF8: "1" } },
    };
    const options: LanguageClientOptions = {
      documentSelector: [
        { language: "markdown", scheme: "file" },
        { language: "markdown", scheme: "untitled" },
        { language: "yaml", scheme: "file" },
        { language: "yaml", scheme: "untitled" },
        { scheme: "file", pattern: "**/{.wrongfix,wrongfix,pyproject}.toml" },
      ],
      initializationOptions: () => vscode.workspace.getConfiguration("wrongfix"),
      synchronize: { configurationSection: "wrongfix" },
      outputChannel: this.log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      diagnosticCollectionName: "wrongfix",
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue }),
        closed: () => this.died(server),
      },
      middleware: {
        // The page of a rule is read, not edited, so it is shown rendered.
        executeCommand: (command, args, next) => {
          const code = command === "wrongfix.openRulePage" ? codeOfPage(args[0]) : undefined;
          return code === undefined ? next(command, args) : vscode.commands.executeCommand("wrongfix.rulePage", code);
        },
      },
      markdown: { isTrusted: false, supportHtml: false },
    };
    return new LanguageClient("wrongfix", "wrongfix", executable, options);
  }

  private died(server: Found): CloseHandlerResult {
    const now = Date.now();
    this.deaths = [...this.deaths.filter((then) => now - then < WITHIN), now];
    if (this.deaths.length < DEATHS) {
      this.log.warn("The server ended unexpectedly; it is started again.");
      return { action: CloseAction.Restart, handled: true };
    }
    this.log.error(`The server ended ${DEATHS} times within three minutes; it is not started again.`);
    this.status.show("stopped", server, "It ended too often; a click offers to restart it.");
    void this.offerRestart("The wrongfix server ended five times within three minutes.");
    return { action: CloseAction.DoNotRestart, handled: true };
  }

  private failed(error: unknown): void {
    const why = error instanceof Error ? error.message : String(error);
    this.log.error(`The server could not be started: ${why}`);
    this.status.show("stopped", this.running, why);
    void this.offerRestart(`The wrongfix server could not be started: ${why}`);
  }

  private async offerRestart(problem: string): Promise<void> {
    const choice = await vscode.window.showErrorMessage(problem, "Restart", "Show log");
    if (choice === "Restart") await this.restart();
    if (choice === "Show log") this.log.show();
  }
}
