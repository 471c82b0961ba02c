import { afterAll, afterEach, beforeAll } from '@jest/globals';
import { createDataSource } from '@baton/persistence';
import { eventually } from '@baton/testing';
import type { DataSource } from 'typeorm';
import { entities, SCHEMA } from '../database/index.js';
import { MessengerHouse } from './messenger-house.js';
import type { Person } from './messenger-house.js';

export const HOUR_MS = 3_600_000;

/** One replica with its own database and a played Meta, there for all tests of a file and without faults before each. */
export class MessengerStage {
  world!: MessengerHouse;
  database!: DataSource;

  /** To be called once, where the tests of a file are described. */
  static forTests(): MessengerStage {
    const stage = new MessengerStage();
    beforeAll(() => stage.build(), 60_000);
    afterEach(() => {
      stage.world.graph.fault = () => undefined;
      stage.world.graph.onTaken = () => undefined;
    });
    afterAll(() => stage.clear(), 30_000);
    return stage;
  }

  /** Somebody who has just written, so that he may be written to. */
  async someone({ hoursAgo = 0 } = {}): Promise<Person> {
    const person = this.world.person();
    await this.world.writes(person, 'Hello', { timestamp: Date.now() - hoursAgo * HOUR_MS });
    await eventually(() => this.world.heardFrom(person).length === 1, { what: 'his first words' });
    return person;
  }

  async becomes(messageId: string, status: string): Promise<void> {
    await eventually(() => this.world.statusesOf(messageId).includes(status), {
      what: `a message becoming ${status} (it is ${this.world.statusesOf(messageId).join(', ')})`,
    });
  }

  private async build(): Promise<void> {
    this.world = await MessengerHouse.build();
    await this.world.replica('here');
    this.database = createDataSource({ url: this.world.house.databaseUrl, schema: SCHEMA, entities, applicationName: 'test' });
    await this.database.initialize();
  }

  private async clear(): Promise<void> {
    await this.database.destroy();
    await this.world.demolish();
  }
}
