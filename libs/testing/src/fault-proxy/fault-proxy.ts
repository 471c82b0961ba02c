import { once } from 'node:events';
import { type AddressInfo, createConnection, createServer, type Server, type Socket } from 'node:net';
import { FAIR, OneWay, type Weather } from './one-way.js';

export interface FaultProxyOptions {
  /** Where connections go on to. */
  readonly to: { readonly host?: string; readonly port: number };
  /** Where it listens on 127.0.0.1; a free port by default. */
  readonly port?: number;
}

interface Connection {
  readonly near: Socket;
  readonly far: Socket;
  readonly ways: readonly OneWay[];
  /** It died while nobody could hear of it. */
  died: boolean;
  isMute: boolean;
}

/** Stands between a client and a server and does to their bytes what networks do. Starts fair. */
export class FaultProxy {
  /** Bytes that arrived so far, either way. */
  arrived = 0;
  private weather: Weather = FAIR;
  private readonly connections = new Set<Connection>();

  private constructor(
    private readonly server: Server,
    private readonly to: { host: string; port: number },
  ) {
    server.on('connection', (near) => this.connect(near));
  }

  static async start({ to, port = 0 }: FaultProxyOptions): Promise<FaultProxy> {
    const server = createServer({ allowHalfOpen: true, noDelay: true });
    const proxy = new FaultProxy(server, { host: to.host ?? '127.0.0.1', port: to.port });
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** How many go through it, without those that were cut silently. */
  get open(): number {
    return [...this.connections].filter(({ isMute }) => !isMute).length;
  }

  /** Bytes that were said into it and have not arrived yet. */
  get onItsWay(): number {
    return [...this.connections].flatMap(({ ways }) => ways).reduce((sum, way) => sum + way.onItsWay, 0);
  }

  /**
   * Nothing arrives any more, either way, and nobody is told: no byte, no FIN, no RST. What was sent meanwhile arrives after {@link heal}, as
   * TCP sends it again. New connections are taken (a process cannot keep the kernel from that) and never answered.
   */
  blackHole(): void {
    this.change({ ...FAIR, isBlackHole: true });
  }

  /** Everything takes longer, each way: milliseconds for each piece, and bytes a second for each connection. */
  slow({ latencyMs = 0, bytesPerSecond = Infinity }: { latencyMs?: number; bytesPerSecond?: number }): void {
    this.change({ isBlackHole: false, latencyMs, bytesPerSecond });
  }

  /**
   * Connections that stand are half open from now on: whatever either side says vanishes for good, and neither is told, as after a failover
   * or in a NAT that forgot them. New ones go through.
   */
  cutSilently(): void {
    for (const connection of this.connections) {
      connection.isMute = true;
      for (const way of connection.ways) way.mute();
    }
  }

  /** The network is fair again; what was cut silently stays so. */
  heal(): void {
    this.change(FAIR);
  }

  async close(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    for (const { near, far } of this.connections) for (const socket of [near, far]) socket.destroy();
    await closed;
  }

  private change(weather: Weather): void {
    this.weather = weather;
    for (const connection of [...this.connections]) {
      for (const way of connection.ways) way.go();
      if (connection.died && !weather.isBlackHole) this.reset(connection);
    }
  }

  private connect(near: Socket): void {
    const far = createConnection({ ...this.to, allowHalfOpen: true, noDelay: true });
    const weather = () => this.weather;
    const onArrival = (bytes: number) => void (this.arrived += bytes);
    const connection: Connection = {
      ...{ near, far, died: false, isMute: false },
      ways: [new OneWay(near, far, weather, onArrival), new OneWay(far, near, weather, onArrival)],
    };
    this.connections.add(connection);
    let closed = 0;
    for (const socket of [near, far]) {
      socket.on('error', () => this.died(connection));
      socket.on('close', (hadError) => {
        closed += 1;
        if (hadError) this.died(connection);
        if (closed === 2) this.forget(connection);
      });
    }
  }

  /** The other side of a connection that was reset is reset, too, when it can hear of it. */
  private died(connection: Connection): void {
    if (connection.isMute) return;
    if (this.weather.isBlackHole) connection.died = true;
    else this.reset(connection);
  }

  private reset(connection: Connection): void {
    for (const socket of [connection.near, connection.far]) if (!socket.destroyed) socket.resetAndDestroy();
    this.forget(connection);
  }

  private forget(connection: Connection): void {
    for (const way of connection.ways) way.stop();
    this.connections.delete(connection);
  }
}
