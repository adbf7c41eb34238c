import type { Text } from '../src/domain/language.ts';
import { parseStorage } from '../src/domain/names.ts';
import { same } from '../src/domain/language.ts';
import { appManifests, type Repository } from '../src/domain/repository.ts';
import { accessModeOf, findClaim } from '../src/domain/conventions/storage.ts';
