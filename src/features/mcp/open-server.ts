import {
  type CallToolResult,
  CLIENT_CAPABILITIES_META_KEY,
  fromJsonSchema,
  inputRequired,
  inputResponse,
  McpServer,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { toJson } from '../../data/json.ts';
import type { ToolResult } from './results.ts';
import type { ToolArguments } from './tools.ts';

/** A tool as this process serves it. */
export type ServedTool = {
  name: string;
  title: string;
  description: string;
  input: object;
  annotations: {
    readOnlyHint: boolean;
    destructiveHint: boolean;
    idempotentHint: boolean;
    openWorldHint: boolean;
  };
  /** What a person is asked before the call; `error` where it cannot be made at all. Without it nobody is asked. */
  question?(given: ToolArguments): Promise<{ ask: string; unanswered: ToolResult } | { error: ToolResult }>;
  call(given: ToolArguments, signal: AbortSignal): Promise<ToolResult>;
};

export type ServerOptions = { version: string; instructions: string; tools: readonly ServedTool[] };

/**
 * Serves tools over stdin and stdout, in both revisions of the protocol; resolves when the client has closed. The one file that knows the
 * library: a bundle of its own, which no other command loads.
 */
export function openServer({ version, instructions, tools }: ServerOptions): Promise<void> {
  return new Promise(resolve => {
    const serving = serveStdio(() => {
      const server = new McpServer(
        { name: 'slipway', version },
        { instructions, capabilities: { tools: {} } },
      );
      for (const tool of tools) register(server, tool);
      return server;
    });
    process.stdin.once('end', () => void serving.close().then(resolve, resolve));
    process.stdin.once('close', () => void serving.close().then(resolve, resolve));
  });
}

function register(server: McpServer, tool: ServedTool): void {
  const { name, title, description, annotations } = tool;
  const inputSchema = fromJsonSchema<ToolArguments>(tool.input);
  server.registerTool(name, { title, description, inputSchema, annotations }, async (given, context) => {
    const signal = context.mcpReq.signal;
    if (!tool.question) return shown(await tool.call(given, signal));
    const question = await tool.question(given);
    if ('error' in question) return shown(question.error);
    const answer = inputResponse(context.mcpReq.inputResponses, 'confirm');
    if (answer.kind === 'missing')
      return canAsk(server, context) ? ask(question.ask) : shown(question.unanswered);
    const isYes =
      answer.kind === 'elicit' && answer.action === 'accept' && answer.content?.['confirm'] === true;
    return shown(isYes ? await tool.call(given, signal) : DECLINED);
  });
}

const DECLINED: ToolResult = {
  data: { error: { code: 'E_CANCELLED', exit: 130, message: 'cancelled: nothing was written', hint: '' } },
  isError: true,
};

/** The form is flat: one yes or no. */
function ask(message: string): ReturnType<typeof inputRequired> {
  const confirm = { type: 'boolean' as const, title: 'Write these files', default: false };
  return inputRequired({
    inputRequests: {
      confirm: inputRequired.elicit({
        message,
        requestedSchema: { type: 'object', properties: { confirm }, required: ['confirm'] },
      }),
    },
  });
}

/** Whether the client can ask whoever sits there. */
function canAsk({ server }: McpServer, { mcpReq }: ServerContext): boolean {
  const envelope: Readonly<Record<string, unknown>> = mcpReq.envelope ?? {};
  const own = envelope[CLIENT_CAPABILITIES_META_KEY] as { elicitation?: object } | undefined;
  return (own ?? server.getClientCapabilities())?.elicitation !== undefined;
}

function shown({ data, isError }: ToolResult): CallToolResult {
  return {
    content: [{ type: 'text', text: toJson(data) }],
    structuredContent: data,
    isError,
  };
}
