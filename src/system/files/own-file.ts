import { UserError } from '../../errors.ts';
import { readRegularFile } from './regular-file.ts';
import { say } from '../../locales/say.ts';

/**
 * The text of a file that runs leave for each other (lock, journal): regular, not behind a link, of bounded size, so that
 * what somebody put in its place neither blocks a run nor fills its memory. Undefined if nothing is there.
 * @throws UserError E_SYMLINK, E_NOT_A_FILE, E_FILE_SYSTEM
 */
export function readOwnFile(file: string, maxBytes: number): string | undefined {
  try {
    return readRegularFile(file, file, maxBytes)?.toString('utf8');
  } catch (error) {
    if (!(error instanceof UserError) || error.code !== 'E_LIMIT') throw error;
    throw new UserError('E_FILE_SYSTEM', say('system.soSlipwayDidNotWrite', { message: error.message }), {
      hint: say('system.lookIntoThenDelete'),
      subject: file,
    });
  }
}
