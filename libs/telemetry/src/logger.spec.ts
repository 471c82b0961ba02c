import { describe, expect, it } from '@jest/globals';
import { createLogger, nestLogger, type LoggerOptions } from './logger.js';

function logged(level: LoggerOptions['level'] = 'info'): { lines: Record<string, unknown>[]; logger: ReturnType<typeof createLogger> } {
  const lines: Record<string, unknown>[] = [];
  const destination = { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) };
  return { lines, logger: createLogger({ service: 'ingress', instance: 'a1', level, destination }) };
}

describe('a log line', () => {
  it('says when, how loud, which service and which replica', () => {
    const { lines, logger } = logged();
    logger.info({ topic: 'deliveries' }, 'caught up');
    expect(lines).toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/^\d{4}-.*Z$/),
        service: 'ingress',
        instance: 'a1',
        topic: 'deliveries',
        msg: 'caught up',
      },
    ]);
  });

  it('carries neither secrets nor what people said, wherever they hide', () => {
    const { lines, logger } = logged();
    const failed = Object.assign(new Error('insert failed'), {
      query: 'INSERT secret',
      parameters: ['my secret'],
      driverError: { detail: 'Key (email)=(secret)' },
    });
    logger.error(
      { err: failed, text: 'secret', message: { text: 'secret', author: { email: 'secret' } }, headers: { authorization: 'secret' } },
      'not written',
    );
    expect(JSON.stringify(lines)).not.toContain('secret');
    expect(lines[0]).toMatchObject({ err: { message: 'insert failed', type: 'Error' } });
  });
});

describe('what Nest logs', () => {
  it('keeps its context; the chatter of its start is for those who ask for debug', () => {
    const quiet = logged('info');
    nestLogger(quiet.logger).log('Mapped {/health/live, GET} route', 'RouterExplorer');
    nestLogger(quiet.logger).warn('something odd', 'NestFactory');
    expect(quiet.lines).toEqual([expect.objectContaining({ level: 'warn', msg: 'something odd', context: 'NestFactory' })]);

    const chatty = logged('debug');
    nestLogger(chatty.logger).log('Mapped {/health/live, GET} route', 'RouterExplorer');
    expect(chatty.lines).toHaveLength(1);
  });

  it('keeps the stack of an error', () => {
    const { lines, logger } = logged();
    nestLogger(logger).error(new Error('broken'), 'ExceptionsHandler');
    expect(lines[0]).toMatchObject({ level: 'error', msg: 'broken', err: { stack: expect.stringContaining('broken') } });
  });
});
