import { safeParse } from '@baton/contracts';
import type { z } from 'zod';
import { readPass } from './pass.js';
import type { Errand, Pass } from './pass.js';

/** Why a pass does not open a door, as every inner door says it. */
export interface ClosedDoor {
  readonly status: 401 | 403 | 503;
  readonly error: { readonly code: string; readonly message: string };
}

const CLOSED = {
  notConfigured: { status: 503, error: { code: 'not-configured', message: 'set PASS_KEY to open the inner doors' } },
  unauthorized: { status: 401, error: { code: 'unauthorized', message: 'the Authorization header must hold a pass of the control plane' } },
  notForThis: { status: 403, error: { code: 'not-allowed', message: 'this pass is for something else' } },
} as const satisfies Record<string, ClosedDoor>;

/** Under it lie the doors that only the control plane opens; a balancer towards the outside leaves them out. */
export const INNER = 'inner/v1';

/** Lets in who has a pass for an errand. */
export class InnerDoor {
  /** @param key absent where nobody configured it: then nobody comes in */
  constructor(
    private readonly key: string | undefined,
    private readonly now: () => Date = () => new Date(),
  ) {}

  /** The pass, or why not. */
  open(authorization: string | undefined, errand: Errand, may: Pass['may'] = 'read'): Pass | ClosedDoor {
    if (this.key === undefined) return CLOSED.notConfigured;
    const pass = readPass(this.key, authorization, this.now());
    if (!pass) return CLOSED.unauthorized;
    return pass.errand === errand && (may === 'read' || pass.may === 'write') ? pass : CLOSED.notForThis;
  }

  /**
   * Answers who has a pass for the errand and asks in the right form.
   * @returns what `give` makes of it with 200, or why not
   */
  async answer<S extends z.ZodType>(
    asked: {
      readonly authorization: string | undefined;
      readonly errand: Errand;
      readonly may: Pass['may'];
      readonly schema: S;
      readonly body: unknown;
      /** Settings are known: whose something is can be told. */
      readonly isReady: boolean;
    },
    give: (asked: z.output<S>, pass: Pass) => Promise<object>,
  ): Promise<{ readonly status: number; readonly body: object }> {
    const refused = (status: number, code: string, message: string) => ({ status, body: { error: { code, message } } });
    const pass = this.open(asked.authorization, asked.errand, asked.may);
    if ('status' in pass) return refused(pass.status, pass.error.code, pass.error.message);
    if (!asked.isReady) return refused(503, 'not-ready', 'settings are still being read');
    const parsed = safeParse(asked.schema, asked.body);
    if (!parsed.success) return refused(400, 'invalid-request', `${parsed.error.issues[0]?.path.join('.') || 'the body'} is wrong`);
    return { status: 200, body: await give(parsed.data, pass) };
  }
}
