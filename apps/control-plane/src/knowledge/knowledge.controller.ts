import { Controller } from '@nestjs/common';
import {
  addSource,
  addSourceFile,
  changeSource,
  deleteSource,
  getSource,
  getSourceContent,
  listSourcePages,
  listSourcePassages,
  listSources,
  refreshSource,
  replaceSourceFile,
} from '@baton/control-api';
import type { Operation, ResultOf } from '@baton/control-api';
import { Call } from '../api/call.js';
import type { CallOf } from '../api/call.js';
import { deedOf } from '../api/caller.js';
import { addressOf } from '../documents/versions.js';
import { Serves } from '../api/serves.js';
import { Knowledge } from './knowledge.js';
import type { Asked } from './knowledge.js';

/** What a bot knows, and where from. */
@Controller()
export class KnowledgeController {
  constructor(private readonly knowledge: Knowledge) {}

  @Serves(listSources)
  list(@Call() call: CallOf<typeof listSources>) {
    return this.knowledge.list(askedBy(call), call.query);
  }

  @Serves(getSource)
  one(@Call() call: CallOf<typeof getSource>) {
    return this.knowledge.one(askedBy(call), call.params.sourceId);
  }

  @Serves(listSourcePages)
  pages(@Call() call: CallOf<typeof listSourcePages>) {
    return this.knowledge.pages(askedBy(call), call.params.sourceId, call.query);
  }

  @Serves(listSourcePassages)
  passages(@Call() call: CallOf<typeof listSourcePassages>) {
    return this.knowledge.passages(askedBy(call), call.params.sourceId, call.query);
  }

  @Serves(getSourceContent)
  content(@Call() call: CallOf<typeof getSourceContent>) {
    return this.knowledge.content<ResultOf<typeof getSourceContent>>(askedBy(call), call.params.sourceId);
  }

  @Serves(addSource)
  add(@Call() call: CallOf<typeof addSource>) {
    return this.knowledge.add(askedBy(call), call.body);
  }

  @Serves(addSourceFile)
  addFile(@Call() call: CallOf<typeof addSourceFile>) {
    return this.knowledge.addFile(askedBy(call), call.query, call.request.raw);
  }

  @Serves(replaceSourceFile)
  replaceFile(@Call() call: CallOf<typeof replaceSourceFile>) {
    return this.knowledge.replaceFile(askedBy(call), call.params.sourceId, call.query, call.request.raw);
  }

  @Serves(changeSource)
  change(@Call() call: CallOf<typeof changeSource>) {
    return this.knowledge.change(askedBy(call), call.params.sourceId, call.body);
  }

  @Serves(refreshSource)
  refresh(@Call() call: CallOf<typeof refreshSource>) {
    return this.knowledge.refresh(askedBy(call), call.params.sourceId);
  }

  @Serves(deleteSource)
  async delete(@Call() call: CallOf<typeof deleteSource>) {
    await this.knowledge.delete(askedBy(call), call.params.sourceId);
    return {};
  }
}

function askedBy({ params, caller }: Pick<CallOf<Operation>, 'caller'> & { params: Omit<Asked, 'by'> }): Asked {
  return { workspaceId: params.workspaceId, botId: params.botId, by: caller.author, ...addressOf(deedOf(caller)) };
}
