import { Controller, Get } from '@nestjs/common';
import { openApiDocument } from './openapi.js';

@Controller('v1/openapi.json')
export class OpenApiController {
  private readonly document = openApiDocument();

  @Get()
  show(): object {
    return this.document;
  }
}
