// Recovery phrases: backup.md, section 1.
import { mnemonicToEntropy } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english';
import { must, ruled } from '../bytes.js';

/** BK-2, BK-3: the recovery seed that 24 words are. */
export function readPhrase(text) {
  const words = text.normalize('NFKD').toLowerCase().trim().split(/\s+/);
  must(words.length === 24, 'BK-3: not 24 words');
  return Buffer.from(ruled('BK-3', () => mnemonicToEntropy(words.join(' '), wordlist)));
}
