import { describe, expect, it } from '@jest/globals';
import type { WrittenLine } from '../log/written-line.js';
import { uuid } from '../testing/deliveries.js';
import { Rooms } from './rooms.js';
import type { Listener } from './rooms.js';

const ID = uuid(1);
const line = (seq: number, conversationId = ID): WrittenLine => ({
  conversationId,
  seq,
  kind: 'message',
  messageId: uuid(100 + seq),
  author: 'agent',
  clientId: null,
  at: '2026-01-05T12:00:00.000Z',
  frame: `{"seq":${seq}}`,
});

class Socket implements Listener {
  readonly got: number[] = [];
  readonly told: string[] = [];
  constructor(
    public sentUpTo: number | undefined,
    readonly isSlow = false,
    readonly conversationId = ID,
  ) {}
  write({ seq }: WrittenLine): void {
    this.got.push(seq);
    this.sentUpTo = seq;
  }
  tell(frame: string): void {
    this.told.push(frame);
  }
}

function roomsWith(...sockets: Socket[]): Rooms {
  const rooms = new Rooms();
  for (const socket of sockets) rooms.add(socket);
  return rooms;
}

describe('the sockets of a conversation', () => {
  it('get what they lack, each its own', () => {
    const [fresh, ahead] = [new Socket(4), new Socket(6)];
    expect(roomsWith(fresh, ahead).push([line(5), line(6), line(7)])).toEqual([]);
    expect([fresh.got, ahead.got]).toEqual([[5, 6, 7], [7]]);
  });

  it('are told as behind when a line between is missing, and get nothing', () => {
    const [behind, current] = [new Socket(2), new Socket(4)];
    expect(roomsWith(behind, current).push([line(5)])).toEqual([ID]);
    expect([behind.got, current.got]).toEqual([[], [5]]);
  });

  it('get nothing before their welcome, nor while they take nothing; that is made up for from the log', () => {
    const [unwelcome, slow] = [new Socket(undefined), new Socket(4, true)];
    const rooms = roomsWith(unwelcome, slow);
    expect(rooms.push([line(5)])).toEqual([]);
    rooms.tell(ID, '{"t":"typing"}');
    expect([unwelcome.got, slow.got, unwelcome.told, slow.told]).toEqual([[], [], [], []]);
    expect(rooms.lowest(ID)).toBeUndefined();
  });

  it('are served from the log after what all of them have', () => {
    expect(roomsWith(new Socket(7), new Socket(3), new Socket(undefined), new Socket(1, true)).lowest(ID)).toBe(3);
  });

  it('of several conversations each get their own', () => {
    const [one, other] = [new Socket(0), new Socket(0, false, uuid(2))];
    roomsWith(one, other).push([line(1), line(2), line(1, uuid(2)), line(1, uuid(3))]);
    expect([one.got, other.got]).toEqual([[1, 2], [1]]);
  });

  it('are gone when the last one went', () => {
    const [one, other] = [new Socket(0), new Socket(0)];
    const rooms = roomsWith(one, other);
    expect([rooms.remove(one), rooms.has(ID), rooms.remove(other), rooms.has(ID), rooms.remove(other)]).toEqual([
      false,
      true,
      true,
      false,
      false,
    ]);
  });
});
