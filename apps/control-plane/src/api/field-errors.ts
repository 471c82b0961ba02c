import type { Problem } from '@baton/control-api';
import type { z } from 'zod';
import { ApiRefusal } from './problem.js';
import { unknownFields } from './unknown-fields.js';

export type FieldError = NonNullable<Problem['errors']>[number];

const TOLD = 50;

/** A JSON pointer. */
export function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replace(/~/g, '~0').replace(/\//g, '~1')}`).join('');
}

/** What is wrong with a value, field by field. @param place stands before each pointer */
export function errorsOf(issues: readonly z.core.$ZodIssue[], place = ''): FieldError[] {
  return issues.slice(0, TOLD).flatMap((issue) => {
    const paths = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
    const message = issue.code === 'unrecognized_keys' ? NOT_KNOWN : issue.message;
    return paths.map((path) => ({ pointer: `${place}${pointerOf(path) || (place === '' ? '' : '/')}`, message }));
  });
}

const NOT_KNOWN = 'is not known here';

/** Fields that the schema does not know. */
export function unknownErrors(schema: z.ZodType, value: unknown): FieldError[] {
  return unknownFields(schema, value)
    .slice(0, TOLD)
    .map((path) => ({ pointer: pointerOf(path), message: NOT_KNOWN }));
}

/** A refusal that names the first few in words, and all of them for programs. */
export function refusalOf(errors: readonly FieldError[]): ApiRefusal {
  const words = errors.slice(0, 3).map(({ pointer, message }) => `${pointer || 'the body'}: ${message}`);
  return new ApiRefusal('invalid-request', words.join('; '), { errors: [...errors] });
}
