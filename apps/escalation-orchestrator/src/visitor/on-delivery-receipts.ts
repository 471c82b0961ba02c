import { Controller } from '@nestjs/common';
import { deliveryReceipts } from '@baton/contracts';
import type { ReceivedEvent } from '@baton/contracts';
import { OnEvents } from '@baton/messaging';
import { NoteReceipts } from './note-receipts.js';

@Controller()
export class OnDeliveryReceipts {
  constructor(private readonly note: NoteReceipts) {}

  @OnEvents(deliveryReceipts)
  async handle(events: readonly ReceivedEvent<typeof deliveryReceipts>[]): Promise<void> {
    await this.note.handle(
      events.flatMap(({ data: { messageIds, conversationId, status, failure, reason } }) =>
        messageIds.map((messageId) => ({ conversationId, messageId, status, failure, reason })),
      ),
    );
  }
}
