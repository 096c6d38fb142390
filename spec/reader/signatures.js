// Ed25519 by the strict rule: keys.md, S2. Libraries disagree where a point is not of prime order.
import { ed25519 } from '@noble/curves/ed25519';

/** Whether 32 bytes are a canonical point of prime order. */
export function isPrimeOrder(bytes) {
  try {
    const point = ed25519.Point.fromHex(Uint8Array.from(bytes), false);
    return !point.is0() && point.isTorsionFree();
  } catch {
    return false;
  }
}

export function verify(key, message, signature) {
  if (key.length !== 32 || signature.length !== 64) return false;
  if (!isPrimeOrder(key) || !isPrimeOrder(signature.subarray(0, 32))) return false;
  const [s, m, k] = [signature, message, key].map((bytes) => Uint8Array.from(bytes));
  return ed25519.verify(s, m, k, { zip215: false });
}
