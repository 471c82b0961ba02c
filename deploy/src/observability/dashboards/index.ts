import { ai } from './ai.js';
import type { Dashboard } from './board.js';
import { handovers } from './handovers.js';
import { kafkaBoard } from './kafka.js';
import { outsideBoard } from './outside.js';
import { overview } from './overview.js';
import { services } from './services.js';

/** In the order of what one asks at night; the last is for the day. */
export const dashboards = (): readonly Dashboard[] => [overview, services, kafkaBoard, outsideBoard, ai, handovers];
