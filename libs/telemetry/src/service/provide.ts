import type { FactoryProvider, Type } from '@nestjs/common';

/** One provider; the names of classes come before their making, so that Nest builds them in the right order. */
export function provide<T, Needs extends unknown[]>(type: Type<T>, inject: Type[], useFactory: (...needs: Needs) => T): FactoryProvider {
  return { provide: type, inject, useFactory: useFactory as (...needs: unknown[]) => T };
}
