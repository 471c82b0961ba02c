import { createServer, type Server, type Socket } from 'node:net';
import { SharedSession, type Seat, type SingleSession, type Turn } from './shared-session.js';
import { ClientStream, fatal, sqlOf, startup, withOwnStatement, type ClientMessage } from './wire.js';

export interface DoorwayOptions {
  readonly port: number;
  /** The one database there is. */
  readonly databaseName: string;
  /** The session broke for good; nothing works any more. */
  readonly onBroken: (error: unknown) => void;
}

/** After these the database answers. */
const ENDS_A_TURN = new Set(['Q', 'S', 'H', 'F']);
/** What a startup message says beside settings. */
const NO_SETTINGS = new Set(['user', 'database', 'options', 'replication']);

/** Lets Postgres clients in, as many as come, to a database with a single session. */
export async function openDoorway(database: SingleSession, options: DoorwayOptions): Promise<Server> {
  const greeting = Buffer.from(await database.execProtocolRaw(startup({ user: 'postgres', database: options.databaseName })));
  const session = new SharedSession({
    execProtocolRaw: (message) =>
      database.execProtocolRaw(message).catch((error: unknown) => {
        options.onBroken(error);
        throw error;
      }),
  });
  let clients = 0;
  const server = createServer({ noDelay: true }, (socket) => {
    clients += 1;
    new ClientConnection(socket, session, greeting, options.databaseName, `c${clients}_`);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  return server;
}

class ClientConnection {
  private readonly stream = new ClientStream();
  private seat: Seat | undefined;
  private entering = false;
  private messages: Buffer[] = [];
  private sql: string[] = [];

  constructor(
    private readonly socket: Socket,
    private readonly session: SharedSession,
    private readonly greeting: Buffer,
    private readonly databaseName: string,
    private readonly prefix: string,
  ) {
    socket.on('error', () => undefined);
    socket.on('data', (bytes: Buffer) => {
      this.stream.push(bytes);
      this.read();
    });
    socket.on('close', () => this.gone());
  }

  private read(): void {
    while (!this.seat && !this.entering) {
      const first = this.stream.first();
      if (!first) return;
      if (first.kind === 'encryption') this.socket.write('N');
      else if (first.kind === 'startup') void this.enter(first.parameters);
      else {
        // Cancelling would need a second session.
        this.socket.destroy();
        return;
      }
    }
    if (!this.seat) return;
    for (let message = this.stream.next(); message; message = this.stream.next()) this.heard(message, this.seat);
  }

  private async enter(parameters: ReadonlyMap<string, string>): Promise<void> {
    this.entering = true;
    const wanted = parameters.get('database') ?? parameters.get('user');
    if (wanted !== this.databaseName) return this.end('3D000', `database "${wanted}" does not exist`);
    try {
      this.seat = await this.session.enter(settingsOf(parameters), () =>
        this.end('25P03', 'terminating connection due to idle-in-transaction timeout'),
      );
    } catch (error) {
      return this.end('22023', (error as Error).message);
    }
    if (this.socket.destroyed) return this.gone();
    this.socket.write(this.greeting);
    this.read();
  }

  private heard(message: ClientMessage, seat: Seat): void {
    if (message.type === 'X') {
      this.socket.end();
      return;
    }
    const own = withOwnStatement(message, this.prefix);
    if (own && message.type === 'P') seat.statements.add(own.statement);
    if (own && message.type === 'C') seat.statements.delete(own.statement);
    this.messages.push(own?.bytes ?? message.bytes);
    const sql = sqlOf(message);
    if (sql !== undefined) this.sql.push(sql);
    if (!ENDS_A_TURN.has(message.type)) return;
    const turn: Turn = { bytes: Buffer.concat(this.messages), sql: this.sql };
    this.messages = [];
    this.sql = [];
    this.session.take(seat, turn).then(
      (answer) => this.socket.write(answer),
      () => this.socket.destroy(),
    );
  }

  private end(code: string, sentence: string): void {
    this.socket.end(fatal(code, sentence));
    this.socket.destroySoon();
  }

  private gone(): void {
    const seat = this.seat;
    this.seat = undefined;
    if (seat) void this.session.leave(seat).catch(() => undefined);
  }
}

/** What a client wants to be different in its session, from the parameters of its startup message and their `options`. */
function settingsOf(parameters: ReadonlyMap<string, string>): Map<string, string> {
  const settings = new Map([...parameters].filter(([name]) => !NO_SETTINGS.has(name) && !name.startsWith('_pq_.')));
  // `-c name=value` and `--name=value`; a backslash takes the meaning from the character behind it.
  const words = (parameters.get('options') ?? '').match(/(?:\\.|[^\s\\])+/g) ?? [];
  for (const word of words.map((raw) => raw.replace(/\\(.)/g, '$1'))) {
    const [, name, value] = /^(?:-c|--)?([a-z_.]+)=(.*)$/is.exec(word) ?? [];
    if (name !== undefined) settings.set(name.replaceAll('-', '_'), value!);
  }
  return settings;
}
