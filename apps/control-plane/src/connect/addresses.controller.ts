import { Controller, Inject } from '@nestjs/common';
import { getAddresses } from '@baton/control-api';
import type { Addresses } from '@baton/control-api';
import { Serves } from '../api/serves.js';

/** Under this token the controller is given what it says. */
export const ADDRESSES = Symbol('addresses');

/** Where this installation is reached from outside. */
@Controller()
export class AddressesController {
  constructor(@Inject(ADDRESSES) private readonly addresses: Addresses) {}

  @Serves(getAddresses)
  get(): Addresses {
    return this.addresses;
  }
}
